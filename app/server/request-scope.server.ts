import { AsyncLocalStorage } from "node:async_hooks";

/** What is known of the request that is being answered; `address` is that of its client. */
export type RequestScope = { id: string; address?: string; error?: unknown };

/** Which request the running code belongs to. */
export const requestScope = new AsyncLocalStorage<RequestScope>();

/** Keeps what went wrong for the log line of the request; false where no request is being answered. */
export function noteFailure(error: unknown): boolean {
  const scope = requestScope.getStore();
  if (scope !== undefined) scope.error = error;
  return scope !== undefined;
}

/** Keeps the address of the client. */
export function noteClient(address: string): void {
  const scope = requestScope.getStore();
  if (scope !== undefined) scope.address = address;
}
