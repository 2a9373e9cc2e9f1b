import { doctorTexts } from "#app/locales/terminal-doctor.ts";
import type { Finding } from "../doctor/check.ts";
import { checkSignIn, checkToken } from "../doctor/check-access.ts";
import {
  ask,
  checkAddress,
  checkClock,
  checkSecretary,
  checkStorage,
  checkVersions,
} from "../doctor/check-server.ts";
import { checkStream } from "../doctor/check-stream.ts";
import { EXIT } from "../exit-codes.ts";
import { openServer } from "../open-server.ts";
import { lookFor } from "../output-options.ts";
import { untilSignal } from "../until-signal.ts";
import type { DoctorInvocation } from "./doctor.command.ts";

const SIGNS = { ok: "completed", warning: "stalled", failed: "failed" } as const;

/** `jobmon doctor`: one line a check. 4 where the sign-in fails, 1 where anything else does, 0 with warnings. */
export function doctor({ io, pkg, given }: DoctorInvocation): Promise<number> {
  const { locale } = io.environment;
  const texts = doctorTexts[locale];
  const { paint, signs } = lookFor(io, given);
  const findings: Finding[] = [];

  function tell(finding: Finding): void {
    findings.push(finding);
    if (given.output === "text") {
      const state = SIGNS[finding.state];
      const sign = paint(state, signs.state[state].padEnd(signs.state.completed.length));
      io.stdout.write(`${sign} ${texts.names[finding.name]}: ${finding.text}\n`);
    }
    if (given.output === "ndjson") io.stdout.write(`${JSON.stringify({ type: "check", ...finding })}\n`);
  }

  return untilSignal(io, async () => {
    const { url, token, api, fetch: request } = await openServer(io.environment, given);
    // Twice, because the first answer pays for the connection.
    await ask(request, `${url}/healthz`);
    const health = await ask(request, `${url}/healthz`);
    tell(checkAddress(url, health, texts));
    if (findings.every(({ state }) => state === "ok") && typeof health !== "string") {
      const ready = await ask(request, `${url}/readyz`);
      tell(checkStorage(ready, texts));
      const secretary = checkSecretary(ready, texts);
      if (secretary !== undefined) tell(secretary);
      tell(checkVersions(pkg.version, await ask(request, `${url}/openapi.json`), texts));
      tell(checkClock(health, io.now(), texts));
      const signIn = checkSignIn(await ask(request, `${url}/api/external/me`), texts);
      tell(signIn);
      const isTaken = signIn.state === "ok";
      const expiry = checkToken(token, isTaken, { now: io.now(), locale, texts });
      if (expiry !== undefined) tell(expiry);
      if (isTaken) tell(await checkStream(request, api.streamUrl(), texts));
    }
    if (given.output === "json") io.stdout.write(`${JSON.stringify({ url, checks: findings })}\n`);
    const failed = findings.filter(({ state }) => state === "failed").map(({ name }) => name);
    if (failed.includes("signIn") || failed.includes("token")) return EXIT.unauthorized;
    return failed.length > 0 ? EXIT.unavailable : EXIT.ok;
  });
}
