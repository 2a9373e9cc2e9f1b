import type { JobStreams } from "#app/server/live/job-streams.server.ts";
import type { User } from "./authenticator.ts";
import type { EndedSessions } from "./ended-sessions.ts";

/** Ends a session, or what is open of a user whose sign-in gives sessions no name. */
export type SignOut = (user: User) => void;

/** What a session has open ends within this turn; nobody comes by it again. */
export function createSignOut(options: {
  endedSessions: Pick<EndedSessions, "add">;
  streams: Pick<JobStreams, "endSession" | "endUser">;
}): SignOut {
  const { endedSessions, streams } = options;
  return ({ userEmail, sessionId }) => {
    if (sessionId === undefined) return streams.endUser(userEmail);
    endedSessions.add(sessionId);
    streams.endSession(sessionId);
  };
}
