import { tellUser } from "./user-watch.ts";

/**
 * Ends the session here: the server closes its streams and refuses it from now on, every tab of this browser leaves.
 * Whoever signed the user in has to be told besides.
 */
export async function endSession(): Promise<void> {
  await fetch("/api/external/sign-out", { method: "POST" });
  tellUser(undefined);
}
