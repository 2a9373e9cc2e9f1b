import { errorAnswer } from "./answers.server.ts";
import type { Services } from "./services.server.ts";
import type { User } from "./sign-in/authenticator.ts";

const UNKNOWN = { headers: { "WWW-Authenticate": "Bearer" } };

/**
 * Who sent the request. Throws a Response where that cannot be told: 401, or for somebody at a browser the way to the
 * sign-in page; 403 without a verified e-mail address; 503 where whoever signs people in does not answer.
 */
export async function requireUser(
  request: Request,
  { authenticator }: Pick<Services, "authenticator">,
): Promise<User> {
  const identity = await authenticator.authenticate(request);
  switch (identity.kind) {
    case "user":
      return identity.user;
    case "nobody": {
      const { signInPath } = authenticator;
      if (signInPath !== undefined && isNavigation(request)) throw redirectToSignIn(request, signInPath);
      throw errorAnswer(401, "unauthorized", "sign in first", UNKNOWN);
    }
    case "no_email": {
      const message = "your account has no verified e-mail address: verify one, then sign in again";
      throw errorAnswer(403, "email_not_verified", message);
    }
    case "unavailable": {
      const message = "who you are cannot be told at the moment: send the same again";
      throw errorAnswer(503, "sign_in_unavailable", message, { headers: { "Retry-After": "5" } });
    }
  }
}

/** Somebody follows a link or types an address; programs and the scripts of a page do not ask for HTML. */
function isNavigation({ method, headers }: Request): boolean {
  return method === "GET" && (headers.get("Accept") ?? "").includes("text/html");
}

function redirectToSignIn(request: Request, signInPath: string): Response {
  const { pathname, search } = new URL(request.url);
  const query = new URLSearchParams({ to: `${pathname}${search}` });
  const headers = { Location: `${signInPath}?${query}`, "Cache-Control": "no-store", Vary: "Accept, Cookie" };
  return new Response(null, { status: 302, headers });
}
