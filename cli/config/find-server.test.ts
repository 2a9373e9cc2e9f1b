import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEnvironment } from "../environment.ts";
import { type Config, readConfig, writeConfig } from "./config-file.ts";
import { findServer } from "./find-server.ts";

const NOTHING = { url: undefined, profile: undefined, tokenFile: undefined };
const TWO: Config = {
  profiles: {
    default: { url: "https://a.example", token: "of-a" },
    test: { url: "https://b.example", token: "of-b" },
  },
};

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jobmon-config-"));
  await writeFile(join(folder, "token"), "of-file\n");
});
afterEach(() => rm(folder, { recursive: true }));

test.each<[string, NodeJS.ProcessEnv, object, { url: string; token?: string }]>([
  ["the profile, where nothing else is said", {}, {}, { url: "https://a.example", token: "of-a" }],
  ["the named profile", {}, { profile: "test" }, { url: "https://b.example", token: "of-b" }],
  [
    "JOBMON_PROFILE names one too",
    { JOBMON_PROFILE: "test" },
    {},
    { url: "https://b.example", token: "of-b" },
  ],
  [
    "the flag wins over JOBMON_PROFILE",
    { JOBMON_PROFILE: "x" },
    { profile: "test" },
    { url: "https://b.example", token: "of-b" },
  ],
  [
    "the environment wins over the profile",
    { JOBMON_TOKEN: "of-env", JOBMON_URL: "https://c.example/" },
    {},
    { url: "https://c.example", token: "of-env" },
  ],
  [
    "the flag wins over the environment",
    { JOBMON_URL: "https://c.example" },
    { url: "https://d.example" },
    { url: "https://d.example" },
  ],
  [
    "a profile's token does not go to another address",
    {},
    { url: "https://d.example" },
    { url: "https://d.example" },
  ],
  [
    "JOBMON_TOKEN wins over JOBMON_TOKEN_FILE",
    { JOBMON_TOKEN: "of-env", JOBMON_TOKEN_FILE: "/nowhere" },
    {},
    { url: "https://a.example", token: "of-env" },
  ],
])("%s", async (_, variables, given, found) => {
  const environment = surroundings(variables);
  await writeConfig(environment, TWO);
  expect(await findServer(environment, { ...NOTHING, ...given })).toEqual({ token: undefined, ...found });
});

test("without anything it is this machine's own jobmon, without a token", async () => {
  expect(await findServer(surroundings({}), NOTHING)).toEqual({
    url: "http://127.0.0.1:4500",
    token: undefined,
  });
});

test("a token is read from a file, without the end of its line", async () => {
  const tokenFile = join(folder, "token");
  expect(await findServer(surroundings({ JOBMON_TOKEN_FILE: tokenFile }), NOTHING)).toMatchObject({
    token: "of-file",
  });
  expect(await findServer(surroundings({ JOBMON_TOKEN: "x" }), { ...NOTHING, tokenFile })).toMatchObject({
    token: "of-file",
  });
});

test.each<[NodeJS.ProcessEnv, object, string]>([
  [{}, { profile: "nope" }, "there is no profile nope"],
  [{ JOBMON_TOKEN: "two words" }, {}, "what JOBMON_TOKEN holds is not a token"],
  [{}, { tokenFile: "/nowhere" }, "the file /nowhere with the token cannot be read"],
  [{ JOBMON_URL: "ftp://x" }, {}, "ftp://x is not an address like http://127.0.0.1:4500"],
])("%j %j is refused with 2", async (variables, given, message) => {
  await expect(findServer(surroundings(variables), { ...NOTHING, ...given })).rejects.toMatchObject({
    exitCode: 2,
    message,
  });
});

test("what is no configuration is refused, never overwritten in silence", async () => {
  const environment = surroundings({});
  await writeConfig(environment, TWO);
  await writeFile(environment.configFile, "{");
  await expect(readConfig(environment)).rejects.toMatchObject({ exitCode: 2 });
});

test("only its owner may read the configuration, also where it was readable before", async () => {
  const environment = surroundings({});
  await writeConfig(environment, { profiles: {} });
  await writeFile(environment.configFile, "{}", { mode: 0o644 });
  await writeConfig(environment, TWO);
  expect((await stat(environment.configFile)).mode & 0o777).toBe(0o600);
  expect(await readConfig(environment)).toEqual(TWO);
});

function surroundings(variables: NodeJS.ProcessEnv) {
  return readEnvironment({ LANG: "en_GB.UTF-8", XDG_CONFIG_HOME: folder, ...variables });
}
