import { z } from "zod";
import { isSigned } from "#app/server/callback/callback-signature.server.ts";

/** What Clerk tells when nobody may come by a session, or by anything of an account, any more. */
const ENDINGS = new Set(["session.ended", "session.removed", "session.revoked", "user.deleted"]);

const eventSchema = z.object({ type: z.string(), data: z.object({ id: z.string().optional() }) });

export type WebhookOutcome =
  /** 204: acted upon, or none of our business. */
  | "taken"
  /** 401: not signed by Clerk, or too long ago. */
  | "unsigned"
  /** 422: signed, but no event of Clerk's. */
  | "invalid";

/** Takes one message of Clerk: its headers, and its body as it was signed. */
export type TakeWebhook = (headers: Headers, body: Uint8Array) => WebhookOutcome;

/**
 * Ends what Clerk says has ended, by the id of the session or of the account. The signature is that of Standard Webhooks, in
 * headers named after Svix; a message that comes twice does the same once more.
 */
export function createTakeWebhook(options: {
  secret: string;
  endSession: (id: string) => void;
  clock: () => number;
}): TakeWebhook {
  const { secret, endSession, clock } = options;
  return (headers, body) => {
    if (!isSigned({ secret, headers, body, now: clock(), prefix: "svix" })) return "unsigned";
    const event = eventSchema.safeParse(parsed(body)).data;
    if (event === undefined) return "invalid";
    const { type, data } = event;
    if (ENDINGS.has(type) && data.id !== undefined) endSession(data.id);
    return "taken";
  };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
