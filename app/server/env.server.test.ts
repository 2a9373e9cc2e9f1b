import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, it } from "vitest";
import { EnvError, envSchema, readEnv, type ServeFlags } from "./env.server.ts";

const ROOT = join(import.meta.dirname, "../..");

it("runs with no configuration at all, on loopback", () => {
  expect(readEnv({}, {})).toMatchObject({ PORT: 4500, HOST: "127.0.0.1", JOBMON_DATA_DIR: ".jobmon" });
});

it("takes .env.example as it is, which says the defaults", () => {
  expect(readEnv({}, example())).toEqual(readEnv({}, {}));
});

it("has every variable in .env.example, and no other", () => {
  expect(Object.keys(example()).sort()).toEqual(Object.keys(envSchema.shape).sort());
});

it("lets a flag win over its variable", () => {
  const source = { PORT: "5000", HOST: "127.0.0.1", JOBMON_DATA_DIR: "/from/env" };
  const flags = { port: 0, host: "::1", dataDir: "/from/flag" };
  expect(readEnv(flags, source)).toMatchObject({ PORT: 0, HOST: "::1", JOBMON_DATA_DIR: "/from/flag" });
});

it("counts an empty variable as absent", () => {
  expect(readEnv({}, { PORT: "", JOBMON_BASE_URL: "" })).toEqual(readEnv({}, {}));
});

it("names all faults at once, one a line", () => {
  const { message } = fault(
    {},
    { PORT: "99999", HOST: "0.0.0.0", JOBMON_BASE_URL: "jobs.example.org", LOG_LEVEL: "loud" },
  );
  const [first, ...lines] = message.split("\n");
  expect(first).toContain("environment");
  expect(lines.map((line) => /^ {2}(\w+): \S/.exec(line)?.[1])).toEqual([
    "PORT",
    "HOST",
    "JOBMON_BASE_URL",
    "LOG_LEVEL",
  ]);
});

it.each([
  ["PORT", "-1"],
  ["PORT", "http"],
  ["PORT", "80.5"],
  ["HOST", "192.168.1.10"],
  ["HOST", "example.org"],
  ["JOBMON_BASE_URL", "ftp://example.org"],
  ["LIMIT_PROGRESS_BYTES", "0"],
  ["LIMIT_FINAL_BYTES", "32MB"],
  ["HEARTBEAT_SECONDS", "0"],
  ["DRAIN_SECONDS", "-1"],
])("refuses %s=%s by name", (name, value) => {
  expect(fault({}, { [name]: value }).message).toContain(`  ${name}: `);
});

it("listens anywhere once a proxy signs people in, which needs its address and a secret", () => {
  const proxy = { JOBMON_AUTH: "proxy", HOST: "0.0.0.0" };
  const secrets = { JOBMON_PROXY_SECRET: "s".repeat(24), TRUSTED_PROXIES: "10.0.0.1" };
  expect(readEnv({}, { ...proxy, ...secrets })).toMatchObject({ HOST: "0.0.0.0" });
  expect(fault({}, proxy).message).toMatch(/ {2}TRUSTED_PROXIES: .*\n {2}JOBMON_PROXY_SECRET: /);
  expect(fault({}, { ...proxy, ...secrets, JOBMON_PROXY_SECRET: "short" }).message).toContain(
    "24 characters",
  );
});

it("refuses a flag as it refuses a variable", () => {
  expect(fault({ port: 70_000, host: "0.0.0.0" }, {}).message).toMatch(/ {2}PORT: .*\n {2}HOST: .*loopback/);
});

function example(): NodeJS.ProcessEnv {
  return parseEnv(readFileSync(join(ROOT, ".env.example"), "utf8"));
}

function fault(flags: ServeFlags, source: NodeJS.ProcessEnv): EnvError {
  try {
    readEnv(flags, source);
  } catch (error) {
    if (error instanceof EnvError) return error;
    throw error;
  }
  throw new Error("this environment was accepted");
}
