import type { PartState } from "#app/contract/operator.ts";

const PATIENCE_MS = 2_000;

/** Whether this instance can do its work, and which part keeps it from it. */
export type Readiness = { isReady: boolean; parts: Record<string, PartState> };

/**
 * Asks every part whether it works; one that has not answered within two seconds does not. The answer names parts and
 * nothing else: why one fails is told to `onFault`, for the log. `others` are shown, and keep nobody from anything.
 */
export async function askParts(
  checks: Record<string, () => Promise<void>>,
  onFault: (part: string, error: unknown) => void,
  others: Record<string, PartState> = {},
): Promise<Readiness> {
  const asked = Object.entries(checks).map(async ([part, check]) => {
    const answer = await inTime(check).catch((error: unknown) => {
      onFault(part, error);
      return "failing" as const;
    });
    return [part, answer] as const;
  });
  const parts = Object.fromEntries(await Promise.all(asked));
  const isReady = Object.values(parts).every((answer) => answer === "ok");
  return { isReady, parts: { ...parts, ...others } };
}

async function inTime(check: () => Promise<void>): Promise<"ok"> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  try {
    await Promise.race([check(), promise]);
    return "ok";
  } finally {
    clearTimeout(late);
  }
}
