import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

const MESSAGE = Buffer.from(">3\r\n$7\r\nmessage\r\n");

/** A Redis whose messages get lost on their way to those who listen. */
export type LossyRedis = { url: string; losing(share: number): void; lost(): number } & AsyncDisposable;

/**
 * Passes everything on to the Redis at `port`, but for so many of its Pub/Sub messages as `losing` says, 0 to 1; the
 * pulse of an instance arrives always, so that nobody is told that something is lost.
 */
export async function startLossyRedis(port: number, random: () => number): Promise<LossyRedis> {
  const pairs = new Set<[Socket, Socket]>();
  let [share, lost] = [0, 0];

  function isLost(message: Buffer): boolean {
    if (random() >= share || message.includes("pulse:")) return false;
    lost += 1;
    return true;
  }

  const server = createServer({ noDelay: true }, (client) => {
    const onward = connect({ host: "127.0.0.1", port, noDelay: true });
    const pair: [Socket, Socket] = [client, onward];
    pairs.add(pair);
    let rest: Buffer = Buffer.alloc(0);
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
    client.on("data", (bytes) => onward.write(bytes));
    onward.on("data", (bytes) => {
      const { parts, left } = split(Buffer.concat([rest, bytes]));
      rest = left;
      for (const part of parts) if (!part.isMessage || !isLost(part.bytes)) client.write(part.bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `redis://127.0.0.1:${own}`,
    losing: (will) => void (share = will),
    lost: () => lost,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const pair of pairs) for (const socket of pair) socket.destroy();
    },
  };
}

/** Cuts what a server says into its Pub/Sub messages and what is between; `left` is a message that is not whole yet. */
function split(bytes: Buffer): { parts: { isMessage: boolean; bytes: Buffer }[]; left: Buffer } {
  const parts: { isMessage: boolean; bytes: Buffer }[] = [];
  for (let at = 0; at < bytes.length;) {
    const begin = bytes.indexOf(MESSAGE, at);
    const between = bytes.subarray(at, begin === -1 ? bytes.length : begin);
    if (between.length > 0) parts.push({ isMessage: false, bytes: between });
    if (begin === -1) break;
    const end = endOfText(bytes, endOfText(bytes, begin + MESSAGE.length));
    if (end === undefined) return { parts, left: bytes.subarray(begin) };
    parts.push({ isMessage: true, bytes: bytes.subarray(begin, end) });
    at = end;
  }
  return { parts, left: Buffer.alloc(0) };
}

/** Where a text of RESP that begins here, `$<length>\r\n<text>\r\n`, is over. */
function endOfText(bytes: Buffer, at: number | undefined): number | undefined {
  if (at === undefined) return undefined;
  const line = bytes.indexOf("\r\n", at);
  if (line === -1) return undefined;
  const end = line + 2 + Number(bytes.subarray(at + 1, line)) + 2;
  return end <= bytes.length ? end : undefined;
}
