import { AsyncLocalStorage } from "node:async_hooks";

/**
 * What is known of the request that is being answered; `address` is that of its client, `isProxied`: it came over a
 * trusted proxy.
 */
export type RequestScope = { id: string; address?: string; isProxied?: boolean; error?: unknown };

/** Which request the running code belongs to. */
export const requestScope = new AsyncLocalStorage<RequestScope>();

/** Keeps what went wrong for the log line of the request; false where no request is being answered. */
export function noteFailure(error: unknown): boolean {
  const scope = requestScope.getStore();
  if (scope !== undefined) scope.error = error;
  return scope !== undefined;
}

/** Keeps who the client is. */
export function noteClient({ address, isProxied }: { address: string; isProxied: boolean }): void {
  const scope = requestScope.getStore();
  if (scope !== undefined) Object.assign(scope, { address, isProxied });
}
