import { z } from "zod";
import { InvalidCursorError } from "./job-repository.ts";

const LONGEST = 1_000;
const keySchema = z.tuple([z.iso.datetime(), z.string().min(1)]);

/** The place of a job in its user's list. */
export type ListKey = { updatedAt: string; jobId: string };

/** Opaque to clients: base64url of the JSON `[updatedAt, jobId]` of the last job of a page. */
export function formatListCursor({ updatedAt, jobId }: ListKey): string {
  return Buffer.from(JSON.stringify([updatedAt, jobId])).toString("base64url");
}

/** Reads what a client sent back; throws `InvalidCursorError` for anything that is not a cursor. */
export function parseListCursor(text: string): ListKey {
  const key = text.length > LONGEST ? undefined : keySchema.safeParse(decode(text)).data;
  if (key === undefined) {
    throw new InvalidCursorError("`cursor` is not one of ours: send back `nextCursor` as it came, or none");
  }
  const [updatedAt, jobId] = key;
  return { updatedAt, jobId };
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
