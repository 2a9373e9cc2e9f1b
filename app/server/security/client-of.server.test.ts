import { IncomingMessage } from "node:http";
import { BlockList, Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { createClientOf, parseNetworks } from "./client-of.server.ts";

const FORWARDED = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https", host: "inside" };

describe("the client of a request", () => {
  it("is the other end of the connection, whatever a header says, where no proxy is trusted", () => {
    const client = createClientOf(new BlockList())(requestFrom("198.51.100.7", FORWARDED));
    expect(client).toEqual({ address: "198.51.100.7", isSecure: false, host: "inside", isProxied: false });
  });

  it("is what a trusted proxy says", () => {
    const headers = { ...FORWARDED, "x-forwarded-host": "jobs.example.org" };
    expect(clientOf("127.0.0.1", headers)).toEqual({
      address: "203.0.113.9",
      isSecure: true,
      host: "jobs.example.org",
      isProxied: true,
    });
  });

  it("is not what an untrusted address in front of the proxies claims", () => {
    const headers = { "x-forwarded-for": "1.1.1.1, 203.0.113.9, 10.2.3.4" };
    expect(clientOf("::ffff:127.0.0.1", headers).address).toBe("203.0.113.9");
  });

  it("is the proxy where it says nothing that is an address", () => {
    expect(clientOf("127.0.0.1", { "x-forwarded-for": "<script>" }).address).toBe("127.0.0.1");
    expect(clientOf("127.0.0.1", {}).address).toBe("127.0.0.1");
  });
});

describe("a list of networks", () => {
  it.each(["10.0.0.0/8, ::1", "192.0.2.1", "fd00::/8"])("may be %s", (text) => {
    expect(parseNetworks(text)).toBeDefined();
  });

  it.each(["", "proxy.example.org", "10.0.0.0/33", "10.0.0.0/8,", "::1/129", "10.0.0.0/x"])(
    "is not %j",
    (text) => {
      expect(parseNetworks(text)).toBeUndefined();
    },
  );
});

function clientOf(peer: string, headers: Record<string, string>) {
  const trusted = parseNetworks("127.0.0.1, 10.0.0.0/8") ?? new BlockList();
  return createClientOf(trusted)(requestFrom(peer, headers));
}

function requestFrom(remoteAddress: string, headers: Record<string, string>): IncomingMessage {
  const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: remoteAddress });
  return Object.assign(new IncomingMessage(socket), { headers });
}
