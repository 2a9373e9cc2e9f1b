import { decodeStreamEvent, type StreamEvent, type StreamEventName } from "#app/contract/stream.ts";

type EventNamed<Name extends StreamEventName> = Extract<StreamEvent, { event: Name }>;

export type StreamReader = {
  headers: Headers;
  /** Everything that has been read so far, in order. */
  seen: readonly StreamEvent[];
  /** Reads on to the next event with this name; rejects when the stream ends before. */
  until<Name extends StreamEventName>(
    name: Name,
    matches?: (event: EventNamed<Name>) => boolean,
  ): Promise<EventNamed<Name>>;
  /** Reads on until the server ends the stream. */
  toEnd(): Promise<readonly StreamEvent[]>;
  /** Hangs up, as a closed tab does. Also done by `using`. */
  close(): void;
} & Disposable;

/** Opens the live stream over HTTP, once and without reconnecting, and decodes what comes. */
export async function readStream(
  url: string,
  query: { after?: string; job?: string; logFrom?: number } = {},
  headers: Record<string, string> = {},
): Promise<StreamReader> {
  const address = new URL("/api/external/jobs/stream", url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value));
  const connection = new AbortController();
  const response = await fetch(address, { signal: connection.signal, headers });
  if (response.status !== 200 || response.body === null) {
    throw new Error(`stream: ${response.status} ${await response.text()}`);
  }
  const seen: StreamEvent[] = [];
  const events = decode(response.body);

  async function next(): Promise<StreamEvent | undefined> {
    const { value } = await events.next();
    if (value === undefined) return undefined;
    seen.push(value);
    return value;
  }
  const close = (): void => connection.abort();

  return {
    headers: response.headers,
    seen,
    async until(name, matches = () => true) {
      for (let event = await next(); event !== undefined; event = await next()) {
        if (isNamed(event, name) && matches(event)) return event;
      }
      throw new Error(`the stream ended without ${name}; it had ${JSON.stringify(seen)}`);
    },
    async toEnd() {
      while ((await next()) !== undefined);
      return seen;
    },
    close,
    [Symbol.dispose]: close,
  };
}

function isNamed<Name extends StreamEventName>(event: StreamEvent, name: Name): event is EventNamed<Name> {
  return event.event === name;
}

/** Server-Sent Events as our server writes them: fields of one line, an empty line after each event. */
async function* decode(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent, void> {
  const utf8 = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    const blocks = (text + utf8.decode(chunk, { stream: true })).split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = block.split("\n").map((line) => line.split(/: ?(.*)/s, 2));
      const { event = "message", data = "", id = "" } = Object.fromEntries(lines);
      const decoded = decodeStreamEvent(event, data, id);
      if (decoded !== undefined) yield decoded;
    }
  }
}
