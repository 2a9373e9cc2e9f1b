import { isIPv6 } from "node:net";
import { createTokenBuckets } from "#app/server/token-buckets.ts";

/**
 * How often one address may fail to show a good token: once a second, 60 times at once. Counts one failure and returns 0,
 * or the whole seconds after which to come again. What succeeds is never counted, nor refused because of others'
 * failures: all jobs of a Secretary report from one address.
 */
export type FailureLimit = (address: string) => number;

export function createFailureLimit(clock: () => number): FailureLimit {
  const { take } = createTokenBuckets({ perSecond: 1, burst: 60, tracked: 10_000 });
  return (address) => take(networkOf(address), clock());
}

/** Whoever has one IPv6 address has the 2^64 of its network. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const first = head.split(":");
  const missing = tail === undefined ? 0 : 8 - first.length - tail.split(":").length;
  const groups = [...first, ...Array<string>(Math.max(0, missing)).fill("0"), ...(tail?.split(":") ?? [])];
  return groups
    .slice(0, 4)
    .map((group) => group || "0")
    .join(":");
}
