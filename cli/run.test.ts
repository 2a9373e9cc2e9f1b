import { expect, test } from "vitest";
import { readEnvironment } from "./environment.ts";
import type { Io, Output } from "./io.ts";
import { run } from "./run.ts";

test.each([
  [["nope"], "den Befehl nope gibt es nicht"],
  [["tail", "--nope"], "die Option --nope gibt es nicht"],
  [["logs"], "es fehlt jobId"],
  [["whoami", "too", "many"], "zu viele Argumente"],
  [["serve", "--port"], "zu --port <port> fehlt der Wert"],
  [["serve", "--port", "65536"], "65536 ist kein Port: eine ganze Zahl von 0 bis 65535"],
  [["serve", "--port", "8e1"], "8e1 ist kein Port: eine ganze Zahl von 0 bis 65535"],
  [["logs", "x", "-n", "0"], "0 ist keine Anzahl: eine ganze Zahl von 1 bis 500"],
  [["tail", "-o", "xml"], "xml ist keines von text, json, ndjson"],
  [["tail", "--color", "pink"], "pink ist keines von auto, always, never"],
  [["tail", "--url", "ftp://x"], "ftp://x ist keine Adresse wie http://127.0.0.1:4500"],
  [["tail", "--url", "no\u001b[2Jwhere"], "no[2Jwhere ist keine Adresse wie http://127.0.0.1:4500"],
  [["help", "me"], "zu me gibt es keine Hilfe"],
  [["tail", "--lang", "fr"], "fr ist keines von de, en"],
  [["demo", "--speed", "fast"], "fast ist keine Zahl größer als 0"],
])("%j ends with 2 and says why and what next", async (argv, message) => {
  expect(await runWith(argv)).toEqual({
    code: 2,
    stdout: "",
    stderr: `jobmon: ${message} (2)\n  Hilfe: jobmon --help\n`,
  });
});

test("help is in the language of the surroundings and ends with 0", async () => {
  expect(await runWith(["--help"])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Zeigt live[^]*\nAUFRUF\n  jobmon </),
  });
  const english = await runWith(["logs", "--help"], { LANG: "en_GB.UTF-8" });
  expect(english).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Shows the log[^]*\nUSAGE\n  jobmon logs <jobId>/),
  });
});

test("--lang wins over the surroundings, for faults too", async () => {
  expect((await runWith(["tail", "--lang", "en", "--nope"])).stderr).toContain("there is no option --nope");
  expect((await runWith(["--lang=en", "nope"])).stderr).toContain("there is no");
});

test("help names every command a person may use, and none else", async () => {
  const { stdout } = await runWith(["--help"]);
  for (const command of ["tail", "logs", "serve", "audit", "restored", "migrate", "demo"])
    expect(stdout).toContain(`  ${command} `);
  expect(stdout).not.toContain("demo-worker");
});

test("without a command the help goes to stderr and the code is 2", async () => {
  expect(await runWith([])).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("AUFRUF"),
  });
});

test("the version is one line on stdout", async () => {
  expect(await runWith(["-V"])).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
});

test.each([
  ["list"],
  ["show", "7c9e6679"],
  ["logs", "7c9e6679"],
  ["deliveries", "7c9e6679"],
  ["cancel", "7c9e6679"],
  ["rm", "7c9e6679"],
  ["whoami"],
  ["tail", "--max-retries", "0"],
  ["wait", "7c9e6679", "--max-retries", "0"],
  ["logs", "7c9e6679", "-f", "--max-retries", "0"],
])("%s with nobody there: what, why, what next, and 1", async (...argv) => {
  expect(await runWith([...argv, "--url", "http://127.0.0.1:1"])).toEqual({
    code: 1,
    stdout: "",
    stderr: "jobmon: keine Antwort von http://127.0.0.1:1 (1)\n  Einen starten: jobmon serve\n",
  });
});

test("serve without a build says which file is missing and how to get it", async () => {
  const { code, stderr } = await runWith(["serve"]);
  expect(code).toBe(1);
  expect(stderr).toContain("der Server ist nicht gebaut: /nowhere/build/server/index.js fehlt");
  expect(stderr).toContain("npm run build");
});

async function runWith(argv: readonly string[], variables: NodeJS.ProcessEnv = {}) {
  const output = { stdout: "", stderr: "" };
  const out = (name: "stdout" | "stderr"): Output => ({
    write: (text) => void (output[name] += text),
    isTTY: false,
    columns: () => 100,
    rows: () => 24,
    onResize: () => () => {},
  });
  const io: Io = {
    stdout: out("stdout"),
    stderr: out("stderr"),
    environment: readEnvironment(variables),
    now: () => 0,
    readSecret: () => Promise.resolve(""),
    onSignal: () => () => {},
  };
  const root = new URL("file:///nowhere/");
  const pkg = {
    version: "1.2.3",
    root,
    main: new URL("build/cli/main.cjs", root),
    server: new URL("build/server/index.js", root),
  };
  const code = await run(argv, io, pkg);
  return { code, ...output };
}
