import { MongoClient } from "mongodb";
import { jobPageSchema } from "#app/contract/http.ts";
import { createMongoIndexes } from "#app/server/repository/mongo-indexes.server.ts";
import { mongoCollections } from "#app/server/repository/mongo-collections.server.ts";
import { formatListCursor } from "#app/server/repository/list-cursor.ts";
import { type Goal, atMost } from "../measure/goal.ts";
import { printTable } from "../measure/print-table.ts";
import { quantile } from "../measure/statistics.ts";
import { keyOf, insertMany } from "./many-jobs.ts";
import type { Options } from "./options.ts";
import { startMongoServer } from "./servers.ts";

const DATABASE = "list";
const LIMIT = 20;
const FAR_PAGE = 5_000;
const WARM_UP = 5;
const ASKED = 60;
const SAME = 1.5;

/** Milliseconds from the request to the whole answer. */
export type Listed = { name: string; latencies: number[] }[];

/** A list of one user who has them all, over HTTP, one request at a time, in turn. */
export async function measureList({ jobs: count }: Options, { uri }: { uri: string }): Promise<Listed> {
  const client = await MongoClient.connect(uri);
  const collections = mongoCollections(client.db(DATABASE));
  const startedAt = performance.now();
  await insertMany(collections, count);
  const inserted = performance.now();
  await createMongoIndexes(collections);
  await client.close();
  const [a, b] = [inserted - startedAt, performance.now() - inserted].map((ms) => (ms / 1000).toFixed(0));
  console.log(`${count} jobs inserted in ${a} s, indexes made in ${b} s`);

  await using server = await startMongoServer("product", { uri, database: DATABASE });
  const far = formatListCursor(keyOf(Math.min((FAR_PAGE - 1) * LIMIT, count - 2 * LIMIT) - 1));
  const listed: Listed = [
    { name: "page 1", query: "" },
    { name: "page 5,000 by cursor", query: `&cursor=${far}` },
    { name: "page 1 of the completed", query: "&status=completed" },
    { name: "page 5,000 by cursor of the completed", query: `&status=completed&cursor=${far}` },
  ].map((row) => ({ ...row, latencies: [] }));
  for (let n = -WARM_UP; n < ASKED; n++) {
    for (const row of listed) {
      const ms = await ask(
        `${server.url}/api/external/jobs?limit=${LIMIT}${"query" in row ? row.query : ""}`,
      );
      if (n >= 0) row.latencies.push(ms);
    }
  }
  return listed;
}

async function ask(url: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url);
  const page: unknown = await response.json();
  const ms = performance.now() - startedAt;
  const { items } = jobPageSchema.parse(page);
  if (items.length !== LIMIT) throw new Error(`void: ${items.length} jobs are not a page: ${url}`);
  return ms;
}

export function printList(listed: Listed, { jobs }: Options): Goal[] {
  printTable(`The list of a user with ${jobs} jobs, ms`, [
    ["", "p50", "p99"],
    ...listed.map(({ name, latencies }) => [
      name,
      ...[0.5, 0.99].map((share) => quantile(latencies, share).toFixed(1)),
    ]),
  ]);
  const [first = Number.NaN, far = Number.NaN, firstOf = Number.NaN, farOf = Number.NaN] = listed.map(
    ({ latencies }) => quantile(latencies, 0.5),
  );
  return [
    atMost("page 5,000 to page 1, p50", [far / first], SAME),
    atMost("the same of the completed", [farOf / firstOf], SAME),
  ];
}
