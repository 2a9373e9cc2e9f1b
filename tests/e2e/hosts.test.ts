import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../cli/command-list.ts";
import { withProgram } from "../setup/engines/with-program.ts";
import { readJob, registerJob } from "./support/jobs.ts";
import { programOnTerminal } from "./support/on-terminal.ts";
import { type Answer, json, startScriptedServer, status } from "./support/scripted-server.ts";
import { spawnJobmon, spawnProgram } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const JOBMON = join(import.meta.dirname, "../../cli/jobmon.js");
const RECORDED = join(import.meta.dirname, "../fixtures/callbacks");

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test("doctor finds nothing wrong with a server that works, one line a check", async () => {
  // A machine that is busy for a second is told of as a slow stream, and rightly so: then once more.
  let found = await ended(["doctor"]);
  while (/^[^✓✗] Stream: /m.test(found.stdout)) found = await ended(["doctor"]);
  const { code, stdout, stderr } = found;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.replaceAll(/\d+ ms/g, "N ms").split("\n")).toEqual([
    expect.stringMatching(/^✓ Address: http:\/\/127\.0\.0\.1:\d+ answers after N ms$/),
    expect.stringMatching(/^✓ Storage: .*repository.* all right, indexes included$/),
    expect.stringMatching(/^✓ Version: \d+\.\d+\.\d+, and so is the server; Node \d+/),
    "✓ Clock: agrees with the server's",
    "✓ Sign-in: as dev@localhost",
    "✓ Token: none needed, none there",
    "✓ Stream: first event after N ms, no buffering on the way",
    "",
  ]);
});

test("doctor says what is wrong and what to do: nobody there", async () => {
  const { code, stdout } = await ended(["doctor"], { JOBMON_URL: "http://127.0.0.1:9" });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^✗ Address: .* does not answer \(.*\): check the address .*\n$/);
});

test("doctor measures a proxy that buffers, another version, a clock and a part that does not work", async () => {
  await using proxy = await startScriptedServer([
    answerBy({
      "/healthz": (response) => {
        response.writeHead(200, {
          "Content-Type": "application/json",
          Date: "Mon, 23 Nov 2020 14:21:13 GMT",
        });
        response.end('{"status":"ok"}');
      },
      "/openapi.json": json({ info: { version: "0.0.1" } }),
      "/api/external/me": json({ userEmail: "dev@localhost", auth: "local" }),
      "/api/external/jobs/stream": (response) =>
        void response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders(),
      "/readyz": (response) => {
        response.writeHead(503, { "Content-Type": "application/json" });
        response.end('{"error":{"code":"not_ready","message":"bus is failing"}}');
      },
    }),
  ]);
  const { code, stdout } = await ended(["doctor", "-o", "ndjson"], { JOBMON_URL: proxy.url });
  expect(code).toBe(1);
  const checks = stdout
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(checks).toMatchObject([
    { type: "check", name: "address", state: "ok" },
    { name: "storage", state: "failed", text: "bus is failing: the server's log says why" },
    { name: "versions", state: "warning", text: expect.stringContaining("0.0.1 at the server") },
    { name: "clock", state: "warning", text: expect.stringContaining("s off the server's") },
    { name: "signIn", state: "ok" },
    { name: "token", state: "ok" },
    { name: "stream", state: "failed", text: expect.stringContaining("proxy_buffering off") },
  ]);
});

test("doctor ends with 4 where the sign-in is refused or the token has expired", async () => {
  await using refusing = await startScriptedServer([
    answerBy({ "/healthz": json({ status: "ok" }), "/readyz": json({ status: "ready", parts: {} }) }),
  ]);
  const expired = `x.${Buffer.from('{"exp":1}').toString("base64url")}.y`;
  const { code, stdout } = await ended(["doctor"], { JOBMON_URL: refusing.url, JOBMON_TOKEN: expired });
  expect(code).toBe(4);
  expect(stdout).toContain("✗ Sign-in: the server does not know us: jobmon login\n");
  expect(stdout).toContain("✗ Token: has expired: jobmon login\n");
});

test("replay plays a recording as its worker sent it", async () => {
  const { code, stdout, stderr } = await ended([
    "replay",
    join(RECORDED, "pdf-pages.json"),
    "--speed",
    "1000",
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [[jobId = ""] = [], ...answers] = stdout
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  expect(answers.at(-1)).toEqual([String(answers.length), "completed", "applied", "-", expect.any(String)]);
  expect(await readJob(server.url, jobId)).toMatchObject({ status: "completed", kind: "pdf" });
});

test("replay tells an answer that is other than recorded, with 3, and refuses what is no recording", async () => {
  const recording = {
    title: "x",
    describes: "An answer that nobody gives.",
    callbacks: [{ afterMs: 0, body: {}, expect: { status: "completed" } }],
    expectedEnd: {},
  };
  const other = spawnJobmon(["replay", "-"], surroundings());
  other.input(JSON.stringify(recording));
  other.input();
  expect(await other.exited).toBe(3);
  expect(other.stderr()).toContain("callback 1 is other than recorded");
  expect(await ended(["replay", JOBMON])).toMatchObject({ code: 2, stdout: "" });
});

test("open prints the address where there is no display, also for the beginning of an id", async () => {
  const { jobId } = await registerJob(server.url);
  expect(await ended(["open"])).toEqual({ code: 0, stdout: `${server.url}/\n`, stderr: "" });
  const job = await ended(["open", jobId.slice(0, 8)]);
  expect(job).toEqual({ code: 0, stdout: `${server.url}/jobs/${jobId}\n`, stderr: "" });
  expect(await ended(["open", "7c9e6679"])).toMatchObject({ code: 5, stdout: "" });
});

describe("completion", () => {
  let jobId = "";
  let home = "";
  beforeAll(async () => {
    ({ jobId } = await registerJob(server.url, { title: "Bericht: A's" }));
    home = join(server.dataDir, "bin");
    await mkdir(home);
    const program = `#!/bin/sh\nexec "${process.execPath}" "${JOBMON}" "$@"\n`;
    await writeFile(join(home, "jobmon"), program, { mode: 0o755 });
  });
  const withJobmon = () => surroundings({ PATH: `${home}:${process.env.PATH}` });

  withProgram("bash", (bash) => {
    test.each([
      ["jobmon ", ["tail", "run", "config", "doctor", "--version"]],
      ["jobmon wa", ["wait"]],
      ["jobmon config ", ["set", "get", "path"]],
      ["jobmon config set ", ["url", "tokenFile"]],
      ["jobmon tail --out", ["--output"]],
      ["jobmon tail -o ", ["text", "json", "ndjson"]],
      ["jobmon run --ti", ["--title", "--timeout"]],
      ["jobmon run -- ech", ["echo"]],
      ["jobmon completion ", ["bash", "zsh", "fish"]],
      ["jobmon help exi", ["exit-codes"]],
      ["jobmon logs ", [expect.stringMatching(/^[\da-f-]{36}$/)]],
      ["jobmon logs --fol", ["--follow"]],
    ])("bash completes %j", async (line, words) => {
      const script = `
        source <(jobmon completion bash)
        COMP_LINE=${JSON.stringify(line)}; read -ra COMP_WORDS <<< "$COMP_LINE"
        [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
        COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
        _jobmon jobmon; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const shell = spawnProgram(bash, ["-c", script], withJobmon());
      expect(await shell.exited).toBe(0);
      expect(shell.stderr()).toBe("");
      expect(shell.stdout().split("\n")).toEqual(expect.arrayContaining(words));
    });
  });

  withProgram("fish", (fish) => {
    test("fish completes commands, options, values, jobs and commands of its own", async () => {
      const lines: [string, string][] = [
        ["jobmon ta", "tail\tshows jobs while they run"],
        ["jobmon config s", "set\tremembers an address or a file with the token in a profile"],
        ["jobmon config set u", "url"],
        ["jobmon tail --stat", "--status\tonly jobs of this status"],
        ["jobmon tail --status fai", "failed\tonly jobs of this status"],
        [`jobmon logs ${jobId.slice(0, 8)}`, `${jobId}\tBericht: A's (Queued)`],
        ["jobmon help exit", "exit-codes"],
        ["jobmon completion z", "zsh"],
        ["jobmon run -- jobmo", "jobmon\tcommand"],
      ];
      const asked = lines.map(([line]) => `echo '>' ${line}; complete -C '${line}'`);
      const script = ["jobmon completion fish | source", ...asked].join("\n");
      const shell = spawnProgram(fish, ["--no-config", "-c", script], withJobmon());
      expect(await shell.exited).toBe(0);
      expect(shell.stderr()).toBe("");
      expect(shell.stdout()).toBe(lines.map(([line, found]) => `> ${line}\n${found}\n`).join(""));
    });
  });

  withProgram("zsh", (zsh) => {
    test("zsh completes commands, options, values, jobs and commands of its own", async () => {
      const shell = programOnTerminal(zsh, ["-f", "-i"], withJobmon());
      shell.type(
        "PROMPT='rea''dy> '; autoload -Uz compinit; compinit -u -D; source <(jobmon completion zsh)\r",
      );
      await shell.waitFor(/ready> /);
      for (const [typed, rest] of [
        ["jobmon ta", "il"],
        ["jobmon config se", "t"],
        ["jobmon config set tok", "enFile"],
        ["jobmon tail --stat", "us"],
        ["jobmon tail --status fai", "led"],
        ["jobmon help exit", "-codes"],
        [`jobmon logs ${jobId.slice(0, 8)}`, jobId.slice(8)],
        ["jobmon run -- jobmo", "n"],
        ["jobmon run --titl", "e"],
      ] as const) {
        // Away with the line there is, then this one.
        shell.type(`\u0015${typed}\t`);
        await shell.waitFor(new RegExp(`${typed}${rest} `));
      }
      shell.type("\u0015exit\r");
      expect(await shell.exited).toBe(0);
    });
  });
});

test("every command is in the completion of every shell", async () => {
  const names = commands.filter(({ hidden }) => hidden !== true).map(({ name }) => name.split(" ")[0] ?? "");
  for (const shell of ["bash", "zsh", "fish"]) {
    const { code, stdout } = await ended(["completion", shell]);
    expect(code).toBe(0);
    for (const name of names) expect(stdout).toContain(name);
  }
  expect(await ended(["completion", "csh"])).toMatchObject({ code: 2, stdout: "" });
});

function surroundings(env: Record<string, string> = {}) {
  return { cwd: server.dataDir, env: { LANG: "en_GB.UTF-8", JOBMON_URL: server.url, ...env } };
}

async function ended(args: readonly string[], env: Record<string, string> = {}) {
  const jobmon = spawnJobmon(args, surroundings(env));
  const code = await jobmon.exited;
  return { code, stdout: jobmon.stdout(), stderr: jobmon.stderr() };
}

/** Answers by the path; 401 for any other. */
function answerBy(answers: Record<string, Answer>): Answer {
  return (response, request) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    (answers[pathname] ?? status(401))(response, request);
  };
}
