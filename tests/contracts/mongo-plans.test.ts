import { randomUUID } from "node:crypto";
import type { CommandStartedEvent, Document } from "mongodb";
import { describe, expect, it } from "vitest";
import { openMongoArchive } from "#app/server/repository/job-archive.mongo.server.ts";
import { createMongoRepository } from "#app/server/repository/job-repository.mongo.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { openTestDatabase } from "../support/test-database.ts";
import { aDelivery, aJob, ANNA, aToken, instant, lines, query, range, saved, stored } from "./stored-jobs.ts";

const EXPLAINED = ["find", "aggregate", "update", "delete", "findAndModify", "count", "distinct"];
/** What would grow with the collection, or be done in memory. */
const REFUSED = new Set(["COLLSCAN", "SORT"]);

const { client, db } = await openTestDatabase({ monitorCommands: true });

describe.skipIf(client === undefined || db === undefined)("with MongoDB", () => {
  if (client === undefined || db === undefined) return;

  it("every query goes along an index, and none is sorted in memory", async () => {
    const repository = await createMongoRepository({ db });
    await fill(repository);
    const commands: Document[] = [];
    const record = ({ commandName, command }: CommandStartedEvent): void => {
      if (EXPLAINED.includes(commandName)) commands.push(command);
    };
    client.on("commandStarted", record);
    await askEverything(repository);
    const archive = await openMongoArchive({ db });
    await archive.read(await archive.ids("", 100));
    client.off("commandStarted", record);

    const asked = commands.filter((command) => String(Object.values(command)[0]).startsWith("external_job"));
    expect(asked.length).toBeGreaterThan(40);
    for (const command of asked) {
      for (const explained of single(command)) {
        const plan = await db.command({ explain: explained, verbosity: "queryPlanner" });
        const stages = stagesOf(plan).filter((stage) => REFUSED.has(stage));
        expect(stages, JSON.stringify(explained)).toEqual([]);
      }
    }
    await repository.close();
  });

  it("a page in the middle of the list, by cursor, examines as many documents as the first", async () => {
    const jobs = db.collection("external_jobs");
    const filter = { userEmail: ANNA, status: { $in: ["queued", "running", "completed"] } };
    const page = (place: Document) =>
      jobs
        .find({ ...filter, ...place })
        .sort({ updatedAt: -1, _id: -1 })
        .limit(21)
        .explain("executionStats");
    const middle = new Date(instant(150));
    const cursor = {
      updatedAt: { $lte: middle },
      $or: [{ updatedAt: { $lt: middle } }, { _id: { $lt: "~" } }],
    };
    const examined = [await page({}), await page(cursor)].map(
      ({ executionStats }: Document) => executionStats.totalDocsExamined,
    );
    expect(examined).toEqual([21, 21]);
  });
});

/** Jobs of every status, one of them with pages of lines and deliveries, and a removed one. */
async function fill(repository: JobRepository): Promise<void> {
  const statuses = ["queued", "running", "pending-storage", "completed", "failed", "canceled"] as const;
  await Promise.all(
    range(0, 300).map((n) =>
      stored(repository, {
        status: statuses[n % 6] ?? "queued",
        kind: "pdf",
        updatedAt: instant(n),
      }),
    ),
  );
}

/** Every call of the port, on a job long enough that nothing of it is in one document. */
async function askEverything(repository: JobRepository): Promise<void> {
  const first = aJob({ kind: "pdf" });
  const request = { key: randomUUID(), digest: "" };
  const token = aToken();
  await repository.insert(first, token, request);
  await repository.insert(aJob(), aToken(), request);
  await repository.addToken(first.jobId, aToken());
  let job = first;
  for (const _ of range(0, 120)) ({ job } = await saved(repository, job, {}, { logs: lines(2) }));
  await repository.recordDelivery(job.jobId, aDelivery({ reason: "duplicate" }));
  const { jobId } = job;
  await repository.findTarget(jobId);
  await repository.findTargetByToken(token.hash);
  await repository.findTargetByToken(new Uint8Array(32));
  await repository.hasDelivery(jobId, { digest: "", since: instant(0), idempotencyKey: "none" });
  await repository.deliveries(ANNA, jobId, 50);
  await repository.history(jobId);
  await repository.logs(ANNA, jobId, { from: 0, limit: 500 });
  await repository.find(ANNA, jobId);
  const { nextCursor } = await repository.list(ANNA, query());
  await repository.list(
    ANNA,
    query({ cursor: nextCursor ?? "", status: ["running", "failed"], q: "bericht" }),
  );
  await repository.list(ANNA, query({ page: 3, status: ["completed"] }));
  await repository.headWithChanges(ANNA, 1n, 10);
  await repository.findSilent(instant(9_999), 10);
  await repository.findToAsk({ after: instant(0), until: instant(9_999) }, 10);
  await repository.findStoring(10);
  await repository.findExpired(instant(9_999), 10);
  await repository.countUnfinished(instant(9_999), 100);
  await repository.runTimes(ANNA, "pdf", 50);
  await repository.jobIds("", 10);
  await repository.check();
  const { job: final } = await saved(repository, job, { status: "completed" });
  await repository.remove(final, instant(1));
  await repository.sweepTombstones(instant(9_999), 10);
}

/** Commands that can be explained: a batch of updates or deletes one by one, without session and transaction. */
function single(command: Document): Document[] {
  const {
    lsid: _,
    $clusterTime: __,
    txnNumber: ___,
    $db: ____,
    autocommit: _____,
    startTransaction: ______,
    ...rest
  } = command;
  const { writeConcern: _______, readConcern: ________, ...plain } = rest;
  if (Array.isArray(plain["updates"])) return plain["updates"].map((one) => ({ ...plain, updates: [one] }));
  if (Array.isArray(plain["deletes"])) return plain["deletes"].map((one) => ({ ...plain, deletes: [one] }));
  return [plain];
}

function stagesOf(value: unknown, key = ""): string[] {
  if (typeof value === "string") return key === "stage" ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((part) => stagesOf(part));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === "rejectedPlans" ? [] : stagesOf(part, name),
  );
}
