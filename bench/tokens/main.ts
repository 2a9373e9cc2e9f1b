import { randomBytes, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { registeredSchema } from "#app/contract/http.ts";
import { startServer } from "../ingest/servers.ts";
import { findCores, stayOn } from "../measure/cores.ts";
import { printTable } from "../measure/print-table.ts";
import { quantile } from "../measure/statistics.ts";

const TRIES = 10_000;
const WARM_UP = 1_000;
/** Beyond so many standard errors two means differ by more than chance (about 1 in 1,000 the other way). */
const NOISE = 3.3;

/**
 * `npm run bench:tokens`: whether the time of a refusal tells if a job exists. Wrong tokens for one that is there, one
 * that is reported to all the time, and ids that nobody has, in random order over one connection.
 */
const cores = findCores();
if (cores) stayOn(cores.client);
await using server = await startServer("product", { core: cores?.server });
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const known = await register();
const busy = await register();
const kinds = {
  "a job there is": () => known.jobId,
  "a job that is reported to": () => busy.jobId,
  "no such job": () => randomUUID(),
};
type Kind = keyof typeof kinds;
const names = Object.keys(kinds).filter((name): name is Kind => name in kinds);
const times: Record<Kind, number[]> = {
  "a job there is": [],
  "a job that is reported to": [],
  "no such job": [],
};

for (let n = 0; n < WARM_UP + TRIES * names.length; n++) {
  const kind = names[Math.floor(Math.random() * names.length)] ?? "no such job";
  if (n % 50 === 0) await post(busy.jobId, busy.callback_token);
  const { ms, status } = await post(kinds[kind](), randomBytes(32).toString("base64url"));
  if (status !== 401 && status !== 429) throw new Error(`void: a wrong token was answered ${status}`);
  if (n >= WARM_UP) times[kind].push(ms);
}

const statistics = names.map((name) => ({ name, ...describe(times[name]) }));
const absent = statistics.at(-1);
if (absent === undefined) throw new Error("void: nothing was measured");
printTable(`Refusals of wrong tokens, about ${TRIES} of each, one at a time`, [
  ["", "tries", "p50 µs", "p99 µs", "mean µs", "against no such job, in standard errors"],
  ...statistics.map((row) => [
    row.name,
    String(row.count),
    ...[row.p50, row.p99, row.mean].map((ms) => (ms * 1000).toFixed(1)),
    row === absent ? "" : differenceOf(row, absent).toFixed(2),
  ]),
]);
const isNoise = statistics.every((row) => Math.abs(differenceOf(row, absent)) < NOISE);
console.log(`\n${isNoise ? "No difference beyond noise." : "THERE IS A DIFFERENCE."}`);
process.exitCode = isNoise ? 0 : 1;
agent.destroy();

type Described = { count: number; p50: number; p99: number; mean: number; error: number };

/** Of the fastest 95 %: what the slowest take is the machine's, not ours. */
function describe(all: number[]): Described {
  const bound = quantile(all, 0.95);
  const values = all.filter((ms) => ms <= bound);
  const mean = values.reduce((sum, ms) => sum + ms, 0) / values.length;
  const variance = values.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / (values.length - 1);
  const error = Math.sqrt(variance / values.length);
  return { count: all.length, p50: quantile(all, 0.5), p99: quantile(all, 0.99), mean, error };
}

/** Welch's t. */
function differenceOf(a: Described, b: Described): number {
  return (a.mean - b.mean) / Math.hypot(a.error, b.error);
}

async function register() {
  const answer = await fetch(`${server.url}/api/external/jobs`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ title: "Bericht.pdf" }),
  });
  return registeredSchema.parse(await answer.json());
}

function post(jobId: string, token: string): Promise<{ ms: number; status: number }> {
  const { hostname, port } = new URL(server.url);
  const headers = {
    "Content-Type": "application/json",
    "Content-Length": 2,
    Authorization: `Bearer ${token}`,
  };
  const path = `/api/external/jobs/${jobId}`;
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const posting = request({ method: "POST", hostname, port, path, headers, agent }, (answer) => {
      answer.resume().once("end", () => {
        resolve({ ms: performance.now() - startedAt, status: answer.statusCode ?? 0 });
      });
    });
    posting.once("error", reject);
    posting.end("{}");
  });
}
