import type { JobStreams } from "#app/server/live/job-streams.server.ts";
import type { User } from "./authenticator.ts";
import type { EndedSessions } from "./ended-sessions.ts";

/** Ends a session, or what is open of a user whose sign-in gives sessions no name. */
export type SignOut = (user: User) => void;

/** Ends a session, or an account with all its sessions and keys, by its id. */
export type EndSession = (id: string) => void;

/** What it has open ends within this turn; nobody comes by it again. */
export function createEndSession(options: {
  endedSessions: Pick<EndedSessions, "add">;
  streams: Pick<JobStreams, "endSession">;
}): EndSession {
  const { endedSessions, streams } = options;
  return (id) => {
    endedSessions.add(id);
    streams.endSession(id);
  };
}

/** Ends the session somebody signs out of. */
export function createSignOut(options: {
  endSession: EndSession;
  streams: Pick<JobStreams, "endUser">;
}): SignOut {
  const { endSession, streams } = options;
  return ({ userEmail, sessionId }) =>
    sessionId === undefined ? streams.endUser(userEmail) : endSession(sessionId);
}
