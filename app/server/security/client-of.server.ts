import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { TLSSocket } from "node:tls";

/**
 * Who a request comes from: the address of the client, whether it used TLS, and the Host it asked for. What a proxy
 * says of these counts only where the connection is from a trusted one.
 */
export type Client = {
  address: string;
  isSecure: boolean;
  host: string | undefined;
  /** The connection is a trusted proxy's. */
  isProxied: boolean;
};

export type ClientOf = (request: IncomingMessage) => Client;

/** A list of addresses and networks such as `10.0.0.0/8, ::1`; undefined where one of them is none. */
export function parseNetworks(text: string): BlockList | undefined {
  const networks = new BlockList();
  for (const entry of text.split(",").map((part) => part.trim())) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address);
    const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix);
    const isWhole = /^\d+$/.test(prefix ?? "0") && bits <= (family === 4 ? 32 : 128);
    if (family === 0 || !isWhole) return undefined;
    networks.addSubnet(address, bits, family === 4 ? "ipv4" : "ipv6");
  }
  return networks;
}

/** `X-Forwarded-For`, `-Proto` and `-Host` are read from trusted proxies alone; of a chain, the last that is none of them counts. */
export function createClientOf(trusted: BlockList): ClientOf {
  const isTrusted = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");

  return ({ socket, headers }) => {
    const peer = plain(socket.remoteAddress ?? "");
    const direct = {
      address: peer,
      isSecure: socket instanceof TLSSocket,
      host: headers.host,
      isProxied: false,
    };
    if (!isTrusted(peer)) return direct;
    const chain = listOf(headers["x-forwarded-for"]).map(plain);
    const client = chain.findLast((address) => !isTrusted(address));
    const [proto] = listOf(headers["x-forwarded-proto"]).slice(-1);
    const [host] = listOf(headers["x-forwarded-host"]).slice(-1);
    return {
      address: client !== undefined && isIP(client) !== 0 ? client : peer,
      isSecure: proto === undefined ? direct.isSecure : proto === "https",
      host: host ?? headers.host,
      isProxied: true,
    };
  };
}

function listOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(",") : (header ?? "");
  return text.split(",").flatMap((part) => part.trim() || []);
}

/** `::ffff:127.0.0.1` is how a socket of both families writes 127.0.0.1. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
