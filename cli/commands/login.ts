import { defined } from "#app/contract/defined.ts";
import { loginTexts } from "#app/locales/terminal-config.ts";
import { readConfig, writeConfig } from "../config/config-file.ts";
import { checkToken, findServer, profileName } from "../config/find-server.ts";
import { EXIT } from "../exit-codes.ts";
import { explain } from "../failures.ts";
import { openServer, serverAt } from "../open-server.ts";
import { safeLine } from "../render/safe-line.ts";
import { untilSignal } from "../until-signal.ts";
import type { LoginInvocation, LogoutInvocation, WhoamiInvocation } from "./login.command.ts";

/** `jobmon login`: reads a token, asks the server whose it is, and keeps it in the profile; a refused one is not kept. */
export async function login({ io, given }: LoginInvocation): Promise<number> {
  const { environment } = io;
  const { locale } = environment;
  const texts = loginTexts[locale];
  return untilSignal(io, async () => {
    const name = profileName(environment, given);
    const config = await readConfig(environment);
    const known = { profiles: { [name]: {}, ...config.profiles } };
    const { url } = await findServer(environment, { ...given, tokenFile: undefined }, known);
    const text = await io.readSecret(texts.prompt({ url: safeLine(url) }));
    const token = checkToken(text, texts.input, locale);
    try {
      const me = await serverAt(url, token).api.me();
      await writeConfig(environment, {
        profiles: { ...config.profiles, [name]: { url, token } },
      });
      io.stderr.write(`${texts.loggedIn({ url: safeLine(url), userEmail: safeLine(me.userEmail) })}\n`);
      return EXIT.ok;
    } catch (error) {
      throw explain(error, { url, locale });
    }
  });
}

/** `jobmon logout`: the token is gone from the profile, its address stays. */
export async function logout({ io, given }: LogoutInvocation): Promise<number> {
  const { environment } = io;
  const name = profileName(environment, given);
  const { profiles } = await readConfig(environment);
  const profile = profiles[name];
  if (profile !== undefined) {
    const rest = defined({ ...profile, token: undefined, tokenFile: undefined });
    await writeConfig(environment, { profiles: { ...profiles, [name]: rest } });
  }
  io.stderr.write(`${loginTexts[environment.locale].loggedOut}\n`);
  return EXIT.ok;
}

/** `jobmon whoami`: the user of the server's answers, one line. */
export async function whoami({ io, given }: WhoamiInvocation): Promise<number> {
  const { locale } = io.environment;
  const { url, api } = await openServer(io.environment, given);
  try {
    const me = await api.me();
    if (given.output === "text") io.stdout.write(`${safeLine(me.userEmail)}\n`);
    else
      io.stdout.write(
        `${JSON.stringify(given.output === "json" ? me : { type: "me", cursor: null, ...me })}\n`,
      );
    return EXIT.ok;
  } catch (error) {
    throw explain(error, { url, locale });
  }
}
