import { connect } from "node:net";

/** What a cursor was answered with; 0 is a connection that was closed without a word. */
export type CursorAnswer = { status: number; events: string[]; text: string };

/**
 * Opens the stream with a cursor by header or by address, byte for byte as it stands here, and hangs up once the
 * stream says `ready`. Whatever a server does to such a request is an answer: never rejects.
 */
export async function giveCursor(
  url: string,
  { header, after }: { header?: string | Buffer; after?: string },
): Promise<CursorAnswer> {
  const { port } = new URL(url);
  const socket = connect({ host: "127.0.0.1", port: Number(port) }).on("error", () => {});
  let text = "";
  socket.setEncoding("latin1").on("data", (part: string) => {
    text += part;
    if (/event: ready\n.*\ndata: .*\n\n/.test(text)) socket.destroy();
  });
  const query = after === undefined ? "" : `?after=${after}`;
  socket.write(
    Buffer.concat([
      Buffer.from(
        `GET /api/external/jobs/stream${query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n`,
      ),
      ...(header === undefined
        ? []
        : [Buffer.from("Last-Event-ID: "), Buffer.from(header), Buffer.from("\r\n")]),
      Buffer.from("\r\n"),
    ]),
  );
  await new Promise((resolve) => socket.once("close", resolve));
  const [, status = "0"] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  const events = [...text.matchAll(/^event: (.*)$/gm)].map(([, name = ""]) => name);
  return { status: Number(status), events, text };
}
