import { errorAnswer } from "./answers.server.ts";

/**
 * Reads a request's body, at most `limit` bytes: what counts is what arrives, not what `Content-Length` says.
 * Throws a 413 Response beyond it, without reading on, and a 415 for a body that is not JSON by type.
 */
export async function readJsonBody(request: Request, limit: number): Promise<Uint8Array> {
  const type = request.headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw errorAnswer(415, "unsupported_media_type", "send the body as Content-Type: application/json");
  }
  const encoding = request.headers.get("Content-Encoding");
  if (encoding !== null && encoding !== "identity") {
    throw errorAnswer(
      415,
      "unsupported_content_encoding",
      `send the body without Content-Encoding: ${encoding}`,
    );
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** 413 with the limit in force. The connection is closed: what is still on the way is not read. */
export function tooLarge(limit: number): Response {
  const message = `the body is larger than the ${limit} bytes taken here`;
  return errorAnswer(413, "too_large", message, { headers: { Connection: "close" } });
}
