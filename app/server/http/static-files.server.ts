import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { noteFailure } from "./request-scope.server.ts";

const YEAR_SECONDS = 31_536_000;

/** Answers with a file of the built browser part, or hands on. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * What is below `assets` never changes under its name, and is there compressed too (`scripts/build/compress-assets.mjs`).
 * The files are known from the start on; one that is gone by the time it is asked for, as while a new version is put in
 * place, costs its own request and nothing else.
 */
export function createStaticFiles(clientDir: string): StaticFiles {
  const assets = sirv(join(clientDir, "assets"), { immutable: true, maxAge: YEAR_SECONDS, gzip: true });
  const files = sirv(clientDir, { etag: true });

  return (request, response, next) => {
    response.once("pipe", (source) => {
      source.once("error", (error: unknown) => {
        noteFailure(error);
        response.destroy();
      });
    });
    const path = request.url ?? "/";
    if (!path.startsWith("/assets/")) return files(request, response, next);
    request.url = path.slice("/assets".length);
    assets(request, response, () => {
      request.url = path;
      next();
    });
  };
}
