import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFileArtifactStore } from "#app/server/artifacts/artifact-store.files.server.ts";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import { createChangeJob } from "#app/server/jobs/change-job.server.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import { aJob, aToken } from "../contracts/stored-jobs.ts";
import { startMongo } from "../support/start-mongo.ts";
import { said } from "../support/open-storage.ts";
import { spawnJobmon, temporaryFolder } from "./support/spawn-jobmon.ts";
import { startServer } from "./support/start-server.ts";

const mongo = await startMongo();
afterAll(() => mongo?.stop());

const JOBS = 3_000;
const SAME = /Quelle und Ziel sind gleich\.\n$/;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  await fill(join(folder.path, "from"));
  return () => folder.remove();
});

it("copies a data folder, prints what both hold, and leaves one the audit finds no fault in", async () => {
  const { code, stdout, stderr } = await migrated("from", "to");
  expect([code, stdout]).toEqual([0, expect.stringMatching(SAME)]);
  expect(stdout).toMatch(/^Jobs +3000 +3000$/m);
  expect(stdout).toMatch(/^Dateien +300 +300$/m);
  expect(stderr).toMatch(/^Kopieren: 100\s%, 3\.000 von 3\.000 Jobs$/m);
  const audit = spawnJobmon(["audit", "--data-dir", join(folder.path, "to")], { cwd: folder.path });
  expect([await audit.exited, audit.stdout()]).toEqual([0, expect.stringMatching(/alle wie gespeichert\n$/)]);
});

it.each(["SIGKILL", "SIGINT"] as const)(
  "goes on after %s in the middle, and doubles nothing",
  async (signal) => {
    const target = `to-${signal}`;
    const first = spawnMigration("from", target);
    await first.waitFor(/Kopieren: [1-9]\d?\s%/, "stderr");
    expect(await first.kill(signal)).toBe(signal === "SIGKILL" ? "SIGKILL" : 130);
    expect(first.stdout()).toBe("");
    const { code, stdout } = await migrated("from", target);
    expect([code, stdout]).toEqual([0, expect.stringMatching(SAME)]);
    expect(stdout).toMatch(/^Jobs +3000 +3000$/m);
  },
);

it("refuses a source that a server has, and a target with other jobs", async () => {
  await using server = await startServer();
  const busy = spawnJobmon(["migrate", "--from", `sqlite:${server.dataDir}`, "--to", "sqlite:never"], {
    cwd: folder.path,
  });
  expect([await busy.exited, busy.stderr()]).toEqual([2, expect.stringMatching(/in use/)]);
  await migrated("from", "taken");
  const { code, stderr } = await migrated("taken", "from");
  expect([code, stderr]).toEqual([2, expect.stringMatching(/schon Jobs/)]);
});

it.each([
  ["mysql:x", "sqlite:y"],
  ["sqlite:nothing-here", "sqlite:y"],
])("says what is wrong with --from %s --to %s", async (from, to) => {
  const child = spawnJobmon(["migrate", "--from", from, "--to", to], { cwd: folder.path });
  expect([await child.exited, child.stderr()]).toEqual([2, expect.stringMatching(/^jobmon: .+\n$/)]);
});

describe.skipIf(mongo === undefined)("with MongoDB", () => {
  it("copies a data folder to MongoDB, ended in the middle, and back to another folder", async () => {
    const database = new URL(mongo?.uri ?? "");
    database.pathname = `jobmon-${randomUUID()}`;
    const first = spawnMigration("from", database.href);
    await first.waitFor(/Kopieren: [1-9]\d?\s%/, "stderr");
    await first.kill("SIGKILL");
    for (const [from, to] of [
      ["from", database.href],
      [database.href, "back"],
    ] as const) {
      const { code, stdout } = await migrated(from, to);
      expect([code, stdout]).toEqual([0, expect.stringMatching(SAME)]);
      expect(stdout).toMatch(/^Jobs +3000 +3000$/m);
      expect(stdout).toMatch(/^Dateien +300 +300$/m);
    }
  });
});

function spawnMigration(from: string, to: string) {
  const args = ["migrate", "--from", addressOf(from), "--to", addressOf(to)];
  return spawnJobmon(args, { cwd: folder.path });
}

function addressOf(storage: string): string {
  return storage.includes(":") ? storage : `sqlite:${join(folder.path, storage)}`;
}

async function migrated(from: string, to: string) {
  const child = spawnMigration(from, to);
  return { code: await child.exited, stdout: child.stdout(), stderr: child.stderr() };
}

async function fill(dataDir: string): Promise<void> {
  const repository = createSqliteRepository({ dataDir });
  const artifacts = createFileArtifactStore({ dataDir });
  const jobs = Array.from({ length: JOBS }, () => aJob({ jobId: randomUUID() }));
  await Promise.all(jobs.map((job) => repository.insert(job, aToken())));
  const changeJob = createChangeJob({ repository, bus: createMemoryBus(() => {}) });
  for (const { jobId } of jobs.filter((_, n) => n % 10 === 0)) {
    const bytes = new TextEncoder().encode(JSON.stringify({ text: jobId }));
    await artifacts.put(jobId, "result-1.json", bytes);
    const event = said({ status: "completed", message: "fertig", data: { text: jobId } });
    if (event.type !== "callback_received") throw new Error("a final is a callback");
    await changeJob(jobId, {
      ...event,
      stored: { result: { name: "result-1.json", size: bytes.byteLength } },
    });
  }
  await repository.close();
}
