import { errorAnswer } from "./answers.server.ts";
import type { Services } from "#app/server/services.server.ts";
import type { Authenticator, User } from "#app/server/sign-in/authenticator.ts";

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
    case "nobody":
      throw toSignIn(request, authenticator) ?? errorAnswer(401, "unauthorized", "sign in first", UNKNOWN);
    case "no_email": {
      const message = "your account has no verified e-mail address: verify one, then sign in again";
      throw toSignIn(request, authenticator) ?? errorAnswer(403, "email_not_verified", message);
    }
    case "unavailable": {
      const message = "who you are cannot be told at the moment: send the same again";
      throw errorAnswer(503, "sign_in_unavailable", message, { headers: { "Retry-After": "5" } });
    }
  }
}

/**
 * The way to the sign-in page for somebody who follows a link or types an address; programs and the scripts of a page
 * do not ask for HTML.
 */
function toSignIn(
  { method, headers: asked, url }: Request,
  { signInPath }: Authenticator,
): Response | undefined {
  const isNavigation = method === "GET" && (asked.get("Accept") ?? "").includes("text/html");
  if (signInPath === undefined || !isNavigation) return undefined;
  const { pathname, search } = new URL(url);
  const query = new URLSearchParams({ to: `${pathname}${search}` });
  const headers = { Location: `${signInPath}?${query}`, "Cache-Control": "no-store", Vary: "Accept, Cookie" };
  return new Response(null, { status: 302, headers });
}
