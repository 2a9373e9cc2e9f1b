import type { Artifact } from "#app/contract/job.ts";
import type { PartFault } from "#app/contract/part.ts";
import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import type { CallbackWorker } from "#app/server/callback-body/callback-worker-pool.server.ts";
import { openScratchFile, type ScratchFile } from "./scratch-file.server.ts";
import { faultOf, type SecretaryClient, type SecretaryResponse } from "./secretary-client.server.ts";
import { sniffType } from "./sniff-type.ts";

const STILL_MS = 30_000;
const SNIFFED_BYTES = 4_096;

/** What one try to fetch a file came to. */
export type FetchOutcome =
  /** It is in the store, under the name of the artifact. */
  | { kind: "stored"; artifact: Artifact }
  /** There is none. */
  | { kind: "none" }
  /** It will never be here. */
  | { kind: "missing"; fault: PartFault }
  /** The key is not good. */
  | { kind: "refused"; status: number }
  /** Not yet; to be tried again. */
  | { kind: "later"; fault: PartFault };

export type FetchFile = (
  file: { jobId: string; name: string; path: string },
  options: { bytesLeft: number; signal: AbortSignal },
) => Promise<FetchOutcome>;

/**
 * Brings one file into the store: through a temporary file, never whole in memory, at most `bytesLeft` bytes; its type by
 * its bytes, its name ours, an archive only when it is sound. Rejects when the store cannot take it.
 */
export function createFetchFile(options: {
  client: Pick<SecretaryClient, "get">;
  artifacts: Pick<ArtifactStore, "put">;
  worker: Pick<CallbackWorker, "checkArchiveFile">;
}): FetchFile {
  const { client, artifacts, worker } = options;

  async function keep(jobId: string, name: string, file: ScratchFile, size: number): Promise<FetchOutcome> {
    const { type, extension } = sniffType(await file.beginning(SNIFFED_BYTES), name);
    if (extension === "zip") {
      const check = await worker.checkArchiveFile(file.fd);
      if (!check.ok) return { kind: "missing", fault: { code: "unsafe", detail: check.reason } };
    }
    const artifact = { name: `${name}.${extension}`, type, size };
    await artifacts.put(jobId, artifact.name, file.content());
    return { kind: "stored", artifact };
  }

  return async ({ jobId, name, path }, { bytesLeft, signal }) => {
    await using file = await openScratchFile();
    let size: number | undefined;
    try {
      const response = await client.get(path, { signal, silenceMs: STILL_MS });
      const said = outcomeOfStatus(response.status);
      if (said !== undefined) {
        response.body.destroy();
        return said;
      }
      size = await download(response, file, bytesLeft);
    } catch (error) {
      return { kind: "later", fault: { code: "broken", detail: faultOf(error).message } };
    }
    return size === undefined
      ? { kind: "missing", fault: { code: "too_large" } }
      : await keep(jobId, name, file, size);
  };
}

/** What the status says already (secretary-contract: asking it); undefined where the file follows. */
function outcomeOfStatus(status: number): FetchOutcome | undefined {
  if (status === 200) return undefined;
  if (status === 202) return { kind: "later", fault: { code: "not_ready" } };
  if (status === 400 || status === 404) return { kind: "none" };
  if (status === 401 || status === 403) return { kind: "refused", status };
  return { kind: "later", fault: { code: "broken", detail: `HTTP ${status}` } };
}

/** Undefined: it is larger than what is left; the rest is not even asked for. */
async function download(
  { body }: SecretaryResponse,
  file: ScratchFile,
  bytesLeft: number,
): Promise<number | undefined> {
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bytesLeft) return undefined;
    await file.append(chunk);
  }
  return size;
}
