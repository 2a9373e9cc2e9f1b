import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { join } from "node:path";
import { expect, it } from "vitest";

const here = (file: string): string => pathToFileURL(join(import.meta.dirname, file)).href;

it("tells an error with code, stack and cause, and without credentials or what else it carries", async () => {
  const [line] = await logged(`
    const cause = new Error("redis://:geheim@redis:6379 refused");
    const error = new Error("cannot reach mongodb+srv://jobmon:geheim@db.example.org/jobmon", { cause });
    log.error({ error: Object.assign(error, { code: "ECONNREFUSED", keyValue: { user: "Meier" } }) }, "away");
  `);
  expect(line).toMatchObject({
    level: 50,
    msg: "away",
    error: {
      name: "Error",
      code: "ECONNREFUSED",
      message: "cannot reach mongodb+srv://[redacted]@db.example.org/jobmon",
      stack: expect.stringContaining("at "),
      cause: { message: "redis://[redacted]@redis:6379 refused" },
    },
  });
  expect(JSON.stringify(line)).not.toMatch(/geheim|Meier/);
});

it("gives every line of a request its id, also after waiting, and no other line", async () => {
  const lines = await logged(`
    const answer = async (id) => {
      log.warn("before");
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.warn("after");
    };
    await Promise.all(["a", "b"].map((id) => requestScope.run({ id }, () => answer(id))));
    log.warn("outside");
  `);
  expect(lines.map(({ msg, requestId }) => [msg, requestId])).toEqual([
    ["before", "a"],
    ["before", "b"],
    ["after", "a"],
    ["after", "b"],
    ["outside", undefined],
  ]);
});

/** What a process of its own logs that runs this script with a `log`. */
async function logged(script: string): Promise<Record<string, unknown>[]> {
  const program = `
    import { createLog } from ${JSON.stringify(here("log.server.ts"))};
    import { requestScope } from ${JSON.stringify(here("http/request-scope.server.ts"))};
    const log = createLog("info");
    ${script}
  `;
  const args = ["--input-type=module", "--eval", program];
  const { stderr } = await promisify(execFile)(process.execPath, args);
  return stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
