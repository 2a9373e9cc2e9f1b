import type { Part } from "#app/contract/part.ts";
import type { PartFault } from "#app/contract/part.ts";
import type { StoredFile } from "#app/contract/job.ts";
import { fileParts } from "#app/domain/fetch-parts.ts";
import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import type { ParseCallback } from "#app/server/callback-body/callback-parser.server.ts";
import type { AskSecretary } from "./ask-secretary.server.ts";

/** What one try to fetch a result came to; `more` are the files it leads to. */
export type ResultOutcome =
  | { kind: "stored"; result: StoredFile; more: Part[] }
  | { kind: "none" }
  | { kind: "refused"; status: number }
  | { kind: "later"; fault: PartFault };

export type FetchResult = (
  job: { jobId: string; processId: string; taken: readonly string[] },
  options: { at: string; signal: AbortSignal },
) => Promise<ResultOutcome>;

/** The result of a job that is completed but told none, by a question: the stored answer holds it (secretary-contract: asking it). */
export function createFetchResult(options: {
  ask: AskSecretary;
  parse: ParseCallback;
  artifacts: Pick<ArtifactStore, "put">;
  pathOf: (url: string) => string | undefined;
}): FetchResult {
  const { ask, parse, artifacts, pathOf } = options;
  return async ({ jobId, processId, taken }, { at, signal }) => {
    const answer = await ask(processId, signal);
    switch (answer.kind) {
      case "refused":
        return answer;
      case "unknown":
        return { kind: "none" };
      case "fault":
        return { kind: "later", fault: { code: "broken", detail: answer.reason } };
    }
    const parsed = await parse(answer.bytes, undefined);
    if (parsed.kind !== "parsed") return { kind: "later", fault: { code: "broken", detail: parsed.message } };
    const { report, result, digest, links = [] } = parsed;
    // The Secretary says that it is completed before it has stored what it made.
    if (report.outcome === undefined) return { kind: "later", fault: { code: "not_ready" } };
    if (result === undefined) return { kind: "none" };
    const stored = { name: `result-${digest}.json`, size: result.byteLength };
    await artifacts.put(jobId, stored.name, result);
    return { kind: "stored", result: stored, more: fileParts(links, { at, pathOf, taken }) };
  };
}
