import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What a network does to those who look through it. */
export type CuttingProxy = {
  url: string;
  /** Breaks every open connection now, by a reset in the middle of whatever it carries. */
  cutAll(): void;
  /** From now on every new connection breaks after so many bytes to the viewer; undefined: none does. */
  cutAfter(bytes: number | undefined): void;
  /** The open connections carry nothing any more and nobody is told, as when a laptop's lid closes. */
  freezeAll(): void;
} & AsyncDisposable;

/** Passes TCP on to a server, byte by byte, until it is told to be a bad network. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<[Socket, Socket]>();
  let limit: number | undefined;

  const server = createServer({ noDelay: true }, (viewer) => {
    const onward = connect({ host: hostname, port: Number(port), noDelay: true });
    const pair: [Socket, Socket] = [viewer, onward];
    pairs.add(pair);
    let left = limit ?? Infinity;
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
    viewer.on("data", (bytes) => onward.write(bytes));
    onward.on("data", (bytes) => {
      viewer.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left <= 0) viewer.end(end);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as AddressInfo;

  function cutAll(): void {
    for (const [viewer, onward] of pairs) {
      viewer.resetAndDestroy();
      onward.destroy();
    }
  }
  return {
    url: `http://127.0.0.1:${own}`,
    cutAll,
    cutAfter(bytes) {
      limit = bytes;
    },
    freezeAll() {
      for (const pair of pairs) for (const socket of pair) socket.removeAllListeners("data").pause();
    },
    async [Symbol.asyncDispose]() {
      cutAll();
      server.close();
      await once(server, "close");
    },
  };
}
