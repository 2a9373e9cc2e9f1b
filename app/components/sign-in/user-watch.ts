import { fetchWithSession } from "#app/client/fetch-with-session.ts";
import type { RefreshSession } from "#app/client/session-refresh.ts";

/** Who the browser's user is now; undefined: nobody, as far as the server knows. */
type Told = { userEmail: string | undefined };

const CHANNEL = "jobmon user";

/** Tells the other tabs that this browser's user is another one, or nobody any more. */
export function tellUser(userEmail: string | undefined): void {
  const channel = new BroadcastChannel(CHANNEL);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its origin already
  channel.postMessage({ userEmail } satisfies Told);
  channel.close();
}

/**
 * Calls `onChange` once when the browser's user is not `userEmail` any more: told by another tab, or found out when
 * somebody comes back to this one. Ends with the returned function.
 */
export function watchUser(
  watched: { userEmail: string; refreshSession: RefreshSession | undefined },
  onChange: () => void,
): () => void {
  const { userEmail, refreshSession } = watched;
  const ask = fetchWithSession(undefined, refreshSession);
  const ended = new AbortController();
  const { signal } = ended;
  const channel = new BroadcastChannel(CHANNEL);

  function leave(): void {
    if (signal.aborted) return;
    stop();
    onChange();
  }

  async function look(): Promise<void> {
    if (document.visibilityState === "visible" && !(await isStill(userEmail, ask, signal))) leave();
  }

  function stop(): void {
    ended.abort();
    channel.close();
  }

  channel.addEventListener("message", ({ data }: MessageEvent<Partial<Told> | null>) => {
    if (data?.userEmail !== userEmail) leave();
  });
  document.addEventListener("visibilitychange", () => void look(), { signal });
  // A page out of the back/forward cache is as it was when somebody left it.
  addEventListener("pageshow", ({ persisted }) => void (persisted && look()), { signal });
  return stop;
}

/** A server that does not answer says nothing about the user. */
async function isStill(userEmail: string, ask: typeof fetch, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await ask("/api/external/me", { signal, cache: "no-store" });
    if (response.status === 401 || response.status === 403) return false;
    if (!response.ok) return true;
    const { meSchema } = await import("#app/client/decoders.ts");
    return meSchema.parse(await response.json()).userEmail === userEmail;
  } catch {
    return true;
  }
}
