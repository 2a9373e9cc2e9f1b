import { AsyncLocalStorage } from "node:async_hooks";
import { clerkMiddleware, getAuth, rootAuthLoader } from "@clerk/react-router/server";
import { type LoaderFunctionArgs, RouterContextProvider } from "react-router";
import { z } from "zod";
import type { PageRequest } from "./authenticator.ts";
import type { ClerkKeys } from "./clerk-backend.server.ts";

/** Where people sign in. */
export const SIGN_IN_PATH = "/sign-in";

/** What jobmon reads of a session token; its e-mail address counts where the token itself says that it is verified. */
const claimsSchema = z.object({
  sub: z.string(),
  sid: z.string(),
  exp: z.number(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  email: z.email().toLowerCase().optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
});
export type SessionClaims = z.infer<typeof claimsSchema>;

export type ClerkSessions = {
  /** The session a request is part of, by cookie or bearer; undefined where there is none that can be proved. */
  claims(request: Request): Promise<SessionClaims | undefined>;
  /** A page may have to take a way over Clerk first, when the browser's cookie has run out, and gets its cookies. */
  answerPage(page: PageRequest, answer: () => Promise<Response>): Promise<Response>;
  /** What ClerkProvider begins with, the publishable key among it; no secret. */
  browserState(page: PageRequest): Promise<unknown>;
};

/**
 * Sessions of Clerk, proved by `clerkMiddleware`. A page is proved once, before it is answered, since the proof may
 * change cookies; any other request when somebody asks, so that a callback costs nothing.
 */
export function createClerkSessions(options: {
  keys: ClerkKeys;
  jwtKey: string | undefined;
  /** Origins whose pages a session token may be made for; undefined: any that the Clerk instance allows. */
  authorizedParties: string[] | undefined;
}): ClerkSessions {
  const { keys, jwtKey, authorizedParties } = options;
  const prove = clerkMiddleware({
    secretKey: keys.secretKey,
    publishableKey: keys.publishableKey,
    signInUrl: SIGN_IN_PATH,
    ...(jwtKey === undefined ? {} : { jwtKey }),
    ...(authorizedParties === undefined ? {} : { authorizedParties }),
  });
  const answered = new AsyncLocalStorage<PageRequest["context"]>();

  /** Undefined where the browser would have to go to Clerk first: only a page is worth that. */
  async function proved(request: Request): Promise<PageRequest["context"] | undefined> {
    const context = new RouterContextProvider();
    let isProved = false;
    await prove(argsOf({ request, context }), () => {
      isProved = true;
      return Promise.resolve(new Response());
    });
    return isProved ? context : undefined;
  }

  return {
    async claims(request) {
      const context = answered.getStore() ?? (await proved(request));
      if (context === undefined) return undefined;
      const auth = await getAuth(argsOf({ request, context }), { acceptsToken: "session_token" });
      const claims = claimsSchema.safeParse(auth.sessionClaims).data;
      // A token with an audience was made for another service by a template of the same instance.
      return claims?.aud === undefined ? claims : undefined;
    },
    async answerPage(page, answer) {
      const next = (): Promise<Response> => answered.run(page.context, answer);
      const response = await prove(argsOf(page), next);
      return response ?? next();
    },
    browserState: (page) => rootAuthLoader(argsOf(page)),
  };
}

/** As React Router calls a middleware. */
function argsOf({ request, context }: PageRequest): LoaderFunctionArgs {
  return { request, context, params: {}, url: new URL(request.url), pattern: "" };
}
