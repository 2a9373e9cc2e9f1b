import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { checkSameBytes, userOf } from "../example-job.ts";
import { takeOrders } from "../take-orders.ts";
import { type Baseline, makeUpdate } from "./baseline.ts";
import { createBetterSse } from "./better-sse.ts";
import { createLoader } from "./loader.ts";
import { createRaw } from "./raw.ts";

/** `node serve.ts raw|better-sse|loader`: a baseline on a free port, until the bench ends it. */
const creators: Record<string, () => Baseline> = {
  raw: createRaw,
  "better-sse": createBetterSse,
  loader: createLoader,
};
const baseline = creators[process.argv[2] ?? ""]?.();
if (baseline === undefined) throw new Error(`no baseline named ${process.argv[2]}`);

checkSameBytes();
takeOrders((first, count, users) => {
  const updates = Array.from({ length: count }, (_, index) => makeUpdate(first + index, users));
  if (users === 1) return baseline.publish(userOf(0), updates);
  for (const [index, update] of updates.entries())
    baseline.publish(userOf((first + index) % users), [update]);
});
process.once("disconnect", () => process.exit());
const server = createServer((request, response) => baseline.answer(request, response));
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`jobmon listening on http://127.0.0.1:${port}`);
});
