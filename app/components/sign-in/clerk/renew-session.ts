import { getToken } from "@clerk/react-router";

/**
 * Has Clerk's own client, once it is there, make a new session token, which it puts into the browser's cookie. False: nobody is
 * signed in. Rejects while Clerk cannot be reached.
 */
export async function renewSession(): Promise<boolean> {
  return (await getToken({ skipCache: true })) !== null;
}
