import type { OpenFile } from "./artifact-store.ts";

/** A content as the port gives it out: nothing is taken hold of before it is read, and let go of when it is not wanted. */
export function toContent(chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>): OpenFile["content"] {
  return pulled(
    () => chunks.next(),
    async () => void (await chunks.return(undefined)),
  );
}

/**
 * The same content with its first bytes read: rejects where they cannot be, which is the last moment at which somebody
 * can still be told so. Whoever gets it has to read or to cancel it.
 */
export async function withFirstBytes(content: OpenFile["content"]): Promise<OpenFile["content"]> {
  const reader = content.getReader();
  const first = [await reader.read()];
  return pulled(
    async () => first.pop() ?? reader.read(),
    (reason) => reader.cancel(reason),
  );
}

type Chunk = IteratorResult<Uint8Array<ArrayBuffer>, unknown>;

/** A stream that asks for a chunk when it is read, and never ahead. */
function pulled(next: () => Promise<Chunk>, cancel: (reason: unknown) => Promise<void>): OpenFile["content"] {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
}
