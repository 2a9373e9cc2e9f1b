import type { RouterContextProvider } from "react-router";
import type { Me } from "#app/contract/http.ts";

/**
 * Who looks at jobs. Everything a user reads is confined to `userEmail`, which is lower case. `sessionId` is what the
 * session can be ended by, `accountId` all sessions and keys of the user; `sessionEndsAt`, in milliseconds since 1970: no stream outlives it.
 */
export type User = { userEmail: string; sessionId?: string; accountId?: string; sessionEndsAt?: number };

/** How people sign in at this server; `local`: not at all, there is one user. */
export type SignInMode = Me["auth"];

/** What is known of the sender of a request. */
export type Identity =
  | { kind: "user"; user: User }
  /** 401: nobody we know. */
  | { kind: "nobody" }
  /** 403: somebody whose e-mail address nobody has verified, so that it may be another's. */
  | { kind: "no_email" }
  /** 503: whoever can tell was asked and does not answer. */
  | { kind: "unavailable" };

/** A request for a page, and what its answer is made with. */
export type PageRequest = { request: Request; context: Readonly<RouterContextProvider> };

/** The port of the sign-in. No adapter rejects, and none takes a name from a request that it cannot prove. */
export interface Authenticator {
  readonly mode: SignInMode;
  /** The page where people sign in, if it is ours to show. */
  readonly signInPath?: string;
  authenticate(request: Request): Promise<Identity>;
  /** Answers the request for a page by `answer`, or sends the browser on a way of its own; may add cookies. */
  answerPage?(page: PageRequest, answer: () => Promise<Response>): Promise<Response>;
  /** What the sign-in's part in the browser begins with; to be asked while the page is answered. */
  browserState?(page: PageRequest): Promise<unknown>;
}
