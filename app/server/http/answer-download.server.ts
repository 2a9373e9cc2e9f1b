import { withFirstBytes } from "#app/server/artifacts/content-stream.ts";
import type { Download } from "#app/server/artifacts/read-artifacts.server.ts";

/** What a worker sent is never shown as a page of ours: saved, not sniffed, not run, not kept by any cache. */
const SAFE = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "Cache-Control": "private, no-store",
};

/** 200 with a file to be saved under its name. Rejects with what the store does where not even its first bytes can be read. */
export async function answerDownload({ name, type, size, content }: Download): Promise<Response> {
  const headers = { "Content-Disposition": asAttachment(name), "Content-Type": type };
  return new Response(await withFirstBytes(content), {
    headers: { ...SAFE, ...headers, "Content-Length": String(size) },
  });
}

/** A name that is safe in every file system, as RFC 6266 and RFC 8187 want it. */
function asAttachment(name: string): string {
  const safe = name
    .toWellFormed()
    .replace(/[\p{C}\\/:*?"<>|%]+/gu, "_")
    .replace(/^[.\s]+/, "_");
  const encoded = encodeURIComponent(safe).replace(
    /['()!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${safe.replace(/[^ -~]/g, "_")}"; filename*=UTF-8''${encoded}`;
}
