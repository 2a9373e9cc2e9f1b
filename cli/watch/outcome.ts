import type { JobSummary } from "#app/contract/job.ts";
import { isStalled } from "#app/domain/stalled.ts";
import { EXIT, type ExitCode, exitCodeOf } from "../exit-codes.ts";

/** The codes of several jobs, the gravest first: a failure counts more than a silence, that more than a cancellation. */
const GRAVITY: readonly ExitCode[] = [EXIT.jobFailed, EXIT.stalled, EXIT.canceled, EXIT.notFound];

export type Goal = {
  /** Whole ids, or beginnings of ids of jobs that do not exist yet; without names all jobs that are seen moving. */
  named?: readonly string[];
  /** One end is enough. */
  any?: boolean;
  /** The first job that fails, is canceled or stalls ends it. */
  failFast?: boolean;
  /** Only completed will do: with the first other end it cannot be reached any more. */
  mustComplete?: boolean;
};

export type Outcome = {
  /** A newer state of a job. */
  see(job: JobSummary): void;
  /** A job is gone; a named one then counts as not found. */
  remove(jobId: string): void;
  /** Whether this job is one of those that are waited for. */
  isOurs(jobId: string): boolean;
  /** The code of what it came to; undefined while it goes on. */
  decide(now: number): ExitCode | undefined;
  /** The code of what was seen so far, whether it goes on or not. */
  gravest(): ExitCode;
  /** The names that no job has yet, and how many jobs have not ended. */
  missing(): string[];
  openCount(): number;
};

/** What a watch over several jobs comes to. */
export function createOutcome({ named, any = false, failFast = false, mustComplete = false }: Goal): Outcome {
  const names = new Map<string, string | undefined>(named?.map((name) => [name, undefined]));
  const open = new Map<string, JobSummary>();
  /** How each has ended, in the order they did. */
  const ends = new Map<string, ExitCode>();

  /** A name belongs to the first job that begins with it. */
  function isOurs(jobId: string): boolean {
    if (named === undefined) return true;
    for (const [name, owner] of names) {
      if (owner === jobId) return true;
      if (owner !== undefined || !jobId.startsWith(name)) continue;
      names.set(name, jobId);
      return true;
    }
    return false;
  }
  function missing(): string[] {
    return [...names].filter(([, owner]) => owner === undefined).map(([name]) => name);
  }
  function gravest(): ExitCode {
    const codes = new Set(ends.values());
    return GRAVITY.find((code) => codes.has(code)) ?? EXIT.ok;
  }

  return {
    isOurs,
    missing,
    gravest,
    openCount: () => open.size + missing().length,
    see(job) {
      if (!isOurs(job.jobId)) return;
      const wasOpen = open.delete(job.jobId);
      const code = exitCodeOf(job);
      if (code === undefined) {
        open.set(job.jobId, job);
        ends.delete(job.jobId);
      } else if (wasOpen || named !== undefined) ends.set(job.jobId, code);
    },
    remove(jobId) {
      if (open.delete(jobId) && named !== undefined) ends.set(jobId, EXIT.notFound);
    },
    decide(now) {
      const [first] = ends.values();
      if (any && !mustComplete && first !== undefined) return first;
      if (any && mustComplete && [...ends.values()].includes(EXIT.ok)) return EXIT.ok;
      if (!any && (failFast || mustComplete) && gravest() !== EXIT.ok) return gravest();
      if (failFast && [...open.values()].some((job) => isStalled(job, now))) return EXIT.stalled;
      return open.size === 0 && missing().length === 0 ? gravest() : undefined;
    },
  };
}
