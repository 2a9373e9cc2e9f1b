import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { RepositoryUnavailableError } from "./job-repository.ts";
import { createWriteQueue, type WriteQueue } from "./sqlite-write-queue.server.ts";

let db: DatabaseSync;
let queue: WriteQueue;
beforeEach(() => {
  db = new DatabaseSync(":memory:");
  db.exec(`
    CREATE TABLE numbers (n INTEGER PRIMARY KEY);
    CREATE TABLE friends (n INTEGER REFERENCES numbers DEFERRABLE INITIALLY DEFERRED);
  `);
  queue = createWriteQueue(db);
});
afterEach(() => db.close());

it("resolves with what the work returned, only after the commit, in the order of the calls", async () => {
  const order: string[] = [];
  const writes = [1, 2, 3].map((n) =>
    queue.enqueue(() => {
      insert(n);
      order.push(`written ${n}`);
      return n;
    }),
  );
  const told = writes.map((write) => write.then((n) => order.push(`told ${n}, ${db.isTransaction}`)));
  expect(stored()).toEqual([]);
  await Promise.all(told);
  expect(await Promise.all(writes)).toEqual([1, 2, 3]);
  const written = ["written 1", "written 2", "written 3"];
  expect(order).toEqual([...written, "told 1, false", "told 2, false", "told 3, false"]);
});

it("undoes a failing work as a whole, rejects it with its own error and commits the others", async () => {
  const fault = new Error("not this one");
  const writes = [
    queue.enqueue(() => insert(1)),
    queue.enqueue(() => {
      insert(2);
      throw fault;
    }),
    queue.enqueue(() => insert(3)),
  ];
  expect(await Promise.allSettled(writes)).toEqual([
    expect.objectContaining({ status: "fulfilled" }),
    { status: "rejected", reason: fault },
    expect.objectContaining({ status: "fulfilled" }),
  ]);
  expect(stored()).toEqual([1, 3]);
});

it("rejects alone, as unavailable, what cannot be committed, and takes the next writes", async () => {
  const kept = queue.enqueue(() => insert(1));
  const refused = queue.enqueue(() => db.exec("INSERT INTO friends VALUES (99)"));
  const later = queue.enqueue(() => insert(2));
  await expect(refused).rejects.toBeInstanceOf(RepositoryUnavailableError);
  await Promise.all([kept, later]);
  await queue.enqueue(() => insert(3));
  expect(stored()).toEqual([1, 2, 3]);
});

it("loses no other write when SQLite itself gave up the transaction", async () => {
  const kept = queue.enqueue(() => insert(1));
  const refused = queue.enqueue(() => db.exec("INSERT OR ROLLBACK INTO numbers VALUES (1)"));
  const later = queue.enqueue(() => insert(3));
  await expect(refused).rejects.toThrow(/UNIQUE/);
  await Promise.all([kept, later]);
  expect(stored()).toEqual([1, 3]);
});

it("rejects all as unavailable when nothing can be written", async () => {
  db.exec("PRAGMA query_only = ON");
  const writes = [queue.enqueue(() => insert(1)), queue.enqueue(() => insert(2))];
  await expectUnavailable(writes);
  db.exec("PRAGMA query_only = OFF");
  await queue.enqueue(() => insert(3));
  expect(stored()).toEqual([3]);
});

it("writes at once what is waiting when it is flushed", async () => {
  const write = queue.enqueue(() => insert(1));
  queue.flush();
  expect(stored()).toEqual([1]);
  await write;
});

function insert(n: number): void {
  db.prepare("INSERT INTO numbers VALUES (?)").run(n);
}

function stored(): unknown[] {
  return db
    .prepare("SELECT n FROM numbers ORDER BY n")
    .all()
    .map(({ n }) => n);
}

async function expectUnavailable(writes: Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(writes)) {
    expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(RepositoryUnavailableError) });
  }
}
