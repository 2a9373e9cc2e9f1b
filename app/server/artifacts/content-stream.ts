import type { OpenFile } from "./artifact-store.ts";

/** A content as the port gives it out: nothing is taken hold of before it is read, and let go of when it is not wanted. */
export function toContent(chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>): OpenFile["content"] {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => void (await chunks.return(undefined)),
    },
    { highWaterMark: 0 },
  );
}
