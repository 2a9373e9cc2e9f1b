import { connect, type Socket } from "node:net";
import type { Registered } from "#app/contract/http.ts";

export type RawAnswer = { status: number; headers: Headers; body: string };

export type Wire = {
  socket: Socket;
  send(text: string | Uint8Array): void;
  /** Resolves with the next answer on this connection, however many bytes it comes in; rejects where none comes. */
  answer(): Promise<RawAnswer>;
  /** Resolves when the other end has closed the connection; what came by then and was not taken as an answer. */
  closed(): Promise<string>;
} & Disposable;

/** A connection on which every byte is ours. Never rejects because the other end resets it. */
export function openWire(url: string): Wire {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true });
  let received = "";
  let look: () => void = () => {};
  let isClosed = false;
  socket.setEncoding("latin1");
  socket.on("error", () => {});
  socket.on("data", (text: string) => {
    received += text;
    look();
  });
  const closing = new Promise<void>((resolve) => socket.once("end", resolve).once("close", resolve)).then(
    () => {
      isClosed = true;
      socket.destroy();
      look();
    },
  );

  return {
    socket,
    send: (text) => void socket.write(text),
    answer: () =>
      new Promise((resolve, reject) => {
        look = () => {
          const taken = takeAnswer(received);
          if (taken !== undefined) {
            received = received.slice(taken.length);
            look = () => {};
            resolve(taken.answer);
          } else if (isClosed)
            reject(new Error(`the connection was closed after ${JSON.stringify(received)}`));
        };
        look();
      }),
    async closed() {
      await closing;
      return received;
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

/** The request of a callback; `headers` win over what a worker sends, an empty one is left out. */
export function callbackText(
  job: Pick<Registered, "callback_url" | "callback_token">,
  body: string,
  headers: Record<string, string> = {},
): string {
  const { host, pathname, search } = new URL(job.callback_url);
  const all = {
    Host: host,
    "Content-Type": "application/json",
    "X-Callback-Token": job.callback_token,
    "Content-Length": String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== "");
  return `POST ${pathname}${search} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}

/** The first whole answer of a text; undefined where it is not whole yet. An interim one (1xx) is passed over. */
function takeAnswer(text: string): { answer: RawAnswer; length: number } | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]);
  if (status < 200) {
    const next = takeAnswer(text.slice(end + 4));
    return next && { ...next, length: next.length + end + 4 };
  }
  const headers = new Headers(
    lines.map((line): [string, string] => [line.split(": ", 1)[0] ?? "", line.replace(/^[^:]*: */, "")]),
  );
  const rest = text.slice(end + 4);
  const content =
    headers.get("Transfer-Encoding") === "chunked" ? takeChunks(rest) : takeLength(rest, headers);
  return content && { answer: { status, headers, body: content.body }, length: end + 4 + content.length };
}

function takeLength(text: string, headers: Headers): { body: string; length: number } | undefined {
  const length = Number(headers.get("Content-Length") ?? 0);
  return text.length < length ? undefined : { body: text.slice(0, length), length };
}

function takeChunks(text: string): { body: string; length: number } | undefined {
  let body = "";
  for (let at = 0; ;) {
    const [line, size = ""] = /^([0-9a-f]+)\r\n/.exec(text.slice(at)) ?? [];
    if (line === undefined) return undefined;
    const end = at + line.length + parseInt(size, 16) + 2;
    if (text.length < end) return undefined;
    body += text.slice(at + line.length, end - 2);
    if (parseInt(size, 16) === 0) return { body, length: end };
    at = end;
  }
}
