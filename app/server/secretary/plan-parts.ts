import { isProcessId } from "#app/contract/process-id.ts";
import { fileParts } from "#app/domain/fetch-parts.ts";
import type { PlanParts } from "#app/server/callback/take-report.server.ts";

/**
 * What of a final is fetched from the Secretary: the files its links lead to, and the result itself where a job that is
 * completed brought none, as a transformer's does (secretary-contract: the bodies, asking it).
 */
export function createPlanParts(pathOf: (url: string) => string | undefined): PlanParts {
  return (job, { report, links = [], result, archive }, { at, source }) => {
    const { outcome, hasArchive } = report;
    if (outcome !== "completed" && outcome !== "failed") return undefined;
    const parts = fileParts(links, { at, pathOf, taken: ["result", "images"] });
    const isEmpty = result === undefined && archive === undefined && hasArchive === undefined;
    const isAskable = isProcessId(report.processId ?? job.processId) && source === undefined;
    if (outcome === "completed" && isEmpty && isAskable) {
      parts.push({ name: "result", kind: "result", state: "waiting", since: at });
    }
    if (parts.length === 0) return undefined;
    // The archive that came along ends the job together with the others.
    if (hasArchive) parts.push({ name: "images.zip", kind: "archive", state: "waiting", since: at });
    return parts;
  };
}
