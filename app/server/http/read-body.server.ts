import { MIMEType } from "node:util";
import { errorAnswer, tooLarge } from "./answers.server.ts";
import { createBodyBuffer } from "./body-buffer.server.ts";

export type BodyOptions = {
  /** How many bytes are taken. What counts is what arrives, not what `Content-Length` says. */
  limit: number;
  /** How long nothing may arrive. */
  stallMs: number;
  /**
   * A body of more than `after` bytes: `decide` is called once with what has come by then, and what it throws ends the
   * reading; `grow` is waited for with the size so far, before more is read.
   */
  onLarge?: {
    after: number;
    decide: (beginning: Uint8Array) => void;
    grow: (bytes: number) => Promise<void>;
  };
};

/**
 * The bytes of a JSON body. Throws Responses: 415 for what is not JSON by type or is compressed, 413 beyond the limit
 * without reading on, 408 when nothing comes any more, 400 when the sender goes away.
 */
export async function readBody(
  request: Request,
  { limit, stallMs, onLarge }: BodyOptions,
): Promise<Uint8Array> {
  refuseOtherTypes(request.headers);
  const body = createBodyBuffer();
  let isLarge = false;
  for await (const chunk of arriving(request.body, stallMs)) {
    const size = body.bytes().byteLength + chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    body.add(chunk);
    if (onLarge === undefined || size <= onLarge.after) continue;
    if (!isLarge) {
      isLarge = true;
      onLarge.decide(body.bytes());
      // Memory for all that is announced is taken only for a body that may be so large.
      body.expect(Math.min(limit, Number(request.headers.get("Content-Length"))));
    }
    await onLarge.grow(size);
  }
  return body.bytes();
}

function refuseOtherTypes(headers: Headers): void {
  if (!isJson(headers.get("Content-Type"))) {
    const message = "send the body as Content-Type: application/json, in UTF-8";
    throw errorAnswer(415, "unsupported_media_type", message);
  }
  const encoding = headers.get("Content-Encoding") ?? "identity";
  if (encoding.toLowerCase() !== "identity") {
    const message = `send the body without Content-Encoding: ${encoding}`;
    throw errorAnswer(415, "unsupported_content_encoding", message);
  }
}

function isJson(contentType: string | null): boolean {
  try {
    const { essence, params } = new MIMEType(contentType ?? "");
    return (
      /^application\/([^/]+\+)?json$/.test(essence) && /^utf-?8$/i.test(params.get("charset") ?? "utf-8")
    );
  } catch {
    return false;
  }
}

/** The chunks of a body; whoever stops early, stops the reading. No time runs while the caller is busy with one. */
async function* arriving(body: Request["body"], stallMs: number): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  try {
    for (;;) {
      const next = reader && (await inTime(reader.read(), stallMs));
      if (next?.value === undefined) return;
      yield next.value;
    }
  } finally {
    // A sender that went away has nothing to cancel any more.
    await reader?.cancel().catch(() => {});
  }
}

async function inTime<T>(reading: Promise<T>, stallMs: number): Promise<T> {
  const { promise: stalled, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(stalledAnswer(stallMs)), stallMs);
  try {
    return await Promise.race([reading.catch(() => Promise.reject(goneAnswer())), stalled]);
  } finally {
    clearTimeout(timer);
  }
}

function stalledAnswer(stallMs: number): Response {
  const message = `nothing of the body arrived for ${stallMs / 1000} s: send it again`;
  return errorAnswer(408, "body_stalled", message, { headers: { Connection: "close" } });
}

/** Nobody reads it; it keeps a lost connection from looking like a fault of ours. */
function goneAnswer(): Response {
  return errorAnswer(400, "body_incomplete", "the connection ended before the body did: send it again");
}
