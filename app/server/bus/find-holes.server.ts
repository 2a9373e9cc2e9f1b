import type { JobMessage } from "./job-bus.ts";

/**
 * The receiving end of `chainMessages`: remembers the last message of each sender of one user's feed, so that the next
 * one shows whether any was lost in between.
 */
export function createHoleFinder() {
  const lastOf = new Map<string, bigint>();
  return {
    /** Takes a message in; whether it follows on the last of its sender, or on what is settled. */
    joins({ sender, previous, seq }: JobMessage, settled: bigint): boolean {
      const last = lastOf.get(sender) ?? 0n;
      const known = last > settled ? last : settled;
      lastOf.set(sender, known > seq ? known : seq);
      return previous !== undefined && previous <= known;
    },
    /** Everything up to here is settled: who sent nothing since need not be remembered. */
    forget(settled: bigint): void {
      for (const [sender, seq] of lastOf) if (seq <= settled) lastOf.delete(sender);
    },
    clear: () => lastOf.clear(),
  };
}
