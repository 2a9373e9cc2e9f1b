import { getToken } from "@clerk/react-router";
import { isClerkAPIResponseError } from "@clerk/react-router/errors";

/**
 * Has Clerk's own client, once it is there, make a new session token, which it puts into the browser's cookie. False: nobody is
 * signed in any more. Rejects while Clerk cannot be reached, or says that it is too busy.
 */
export async function renewSession(): Promise<boolean> {
  try {
    return (await getToken({ skipCache: true })) !== null;
  } catch (error) {
    if (isClerkAPIResponseError(error) && isRefusal(error.status)) return false;
    throw error;
  }
}

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
