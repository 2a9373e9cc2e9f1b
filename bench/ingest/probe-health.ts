import { Agent, get } from "node:http";

/**
 * `node probe-health.ts <url>`: another client. From one message to the next it asks `/healthz` every 5 ms, whether
 * the answer before has come or not; then it sends how long the slowest took, and how many there were.
 */
const [, , url = ""] = process.argv;
const EVERY_MS = 5;
const agent = new Agent({ keepAlive: true });
let probing: NodeJS.Timeout | undefined;
let pending: Promise<void>[] = [];
let latencies: number[] = [];

process.once("disconnect", () => process.exit());
process.once("SIGTERM", () => process.exit());
process.on("message", () => {
  if (probing === undefined) {
    [pending, latencies] = [[], []];
    probing = setInterval(() => pending.push(probe()), EVERY_MS);
    process.send?.({});
    return;
  }
  clearInterval(probing);
  probing = undefined;
  void Promise.all(pending).then(() =>
    process.send?.({ count: latencies.length, maxMs: Math.max(...latencies) }),
  );
});
console.log("ready");

function probe(): Promise<void> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const asking = get(`${url}/healthz`, { agent }, (response) => {
      response.resume().once("end", () => {
        latencies.push(performance.now() - startedAt);
        if (response.statusCode === 200) resolve();
        else reject(new Error(`/healthz answered ${response.statusCode}`));
      });
    });
    asking.once("error", reject);
  });
}
