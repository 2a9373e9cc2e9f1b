import type { Readable } from "node:stream";
import { Agent } from "undici";
import { withoutSlashesBehind } from "#app/contract/without-slashes-behind.ts";

const CONNECT_MS = 5_000;

/** An answer whose body is still to be read; whoever does not read it to its end destroys it. */
export type SecretaryResponse = {
  status: number;
  header(name: string): string | undefined;
  body: Readable;
};

/** The one way to the Secretary. */
export type SecretaryClient = {
  /** Sends a GET below the base address. Rejects with a `SecretaryFault` when there is no answer. */
  get(path: string, options: GetOptions): Promise<SecretaryResponse>;
  /** The path below the base address that a link leads to; undefined for one that leads anywhere else. */
  pathOf(link: string): string | undefined;
  close(): Promise<void>;
};

export type GetOptions = { signal: AbortSignal; accept?: string; silenceMs: number };

/** The Secretary cannot be asked, or its answer cannot be used; the message says why and holds nothing secret. */
export class SecretaryFault extends Error {
  readonly code = "secretary_fault";
}

/**
 * Talks to the origin of `url` only and follows no redirect, so that the key goes nowhere else; it is in no error. A
 * connection takes 5 s at most, an answer or its body may stand still for `silenceMs`.
 */
export function createSecretaryClient({ url, key }: { url: string; key: string }): SecretaryClient {
  const { origin, pathname } = new URL(url);
  const base = withoutSlashesBehind(pathname);
  const agent = new Agent({ connect: { timeout: CONNECT_MS }, keepAliveTimeout: 10_000 });

  return {
    async get(path, { signal, accept = "*/*", silenceMs }) {
      try {
        const { statusCode, headers, body } = await agent.request({
          origin,
          path: `${base}${path}`,
          method: "GET",
          headers: { Authorization: `Bearer ${key}`, Accept: accept },
          headersTimeout: silenceMs,
          bodyTimeout: silenceMs,
          signal,
        });
        // Whoever reads the body hears of its end; a body that is let go has nobody left to tell.
        body.on("error", () => {});
        const header = (name: string): string | undefined => [headers[name.toLowerCase()]].flat()[0];
        return { status: statusCode, header, body };
      } catch (error) {
        throw faultOf(error);
      }
    },
    pathOf(link) {
      if (!URL.canParse(link, url)) return undefined;
      const target = new URL(link, url);
      const isBelow = target.origin === origin && target.pathname.startsWith(`${base}/`);
      return isBelow ? target.pathname.slice(base.length) + target.search : undefined;
    },
    close: () => agent.destroy(),
  };
}

/** Any error on the way to the Secretary, in our words: what a library puts into its own is not known. */
export function faultOf(error: unknown): SecretaryFault {
  if (error instanceof SecretaryFault) return error;
  const { name, code } = error instanceof Error ? { code: undefined, ...error, name: error.name } : {};
  if (name === "TimeoutError") return new SecretaryFault("no answer in time");
  return new SecretaryFault(typeof code === "string" ? code : (name ?? "failed"));
}
