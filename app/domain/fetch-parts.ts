import { defined } from "#app/contract/defined.ts";
import type { Job, JobResult } from "#app/contract/job.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import type { Part } from "#app/contract/part.ts";

const MOST_FILES = 50;
const NAME_LENGTH = 60;

type PartSettled = Extract<JobEvent, { type: "part_settled" }>;

/**
 * The files that the links of a result lead to, as far as `pathOf` knows a way, each under a name of ours. `taken` are names
 * that are given away already.
 */
export function fileParts(
  links: JobResult["links"],
  options: { at: string; pathOf: (url: string) => string | undefined; taken?: readonly string[] },
): Part[] {
  const { at, pathOf, taken = [] } = options;
  const names = new Set(taken);
  const parts: Part[] = [];
  for (const { name: link, url } of links) {
    const path = pathOf(url);
    if (path === undefined || parts.length === MOST_FILES) continue;
    const name = freeName(link, names);
    names.add(name);
    parts.push({ name, kind: "file", link, path, state: "waiting", since: at });
  }
  return parts;
}

/** Letters, digits and hyphens of the link's name, whatever it was: `images_archive_url` is `images-archive`. */
function freeName(link: string, names: ReadonlySet<string>): string {
  const plain = link
    .toLowerCase()
    .replace(/_url$/, "")
    .replace(/[^a-z\d]+/g, "-")
    .replace(/^-|-$/g, "");
  const wanted = plain.slice(0, NAME_LENGTH) || "file";
  for (let n = 2, name = wanted; ; n++) {
    if (!names.has(name)) return name;
    name = `${wanted}-${n}`;
  }
}

/** How many parts are done with, while others are still to be fetched. */
export function fetchingOf(parts: readonly Part[] | undefined): Job["fetching"] {
  const fetched = parts?.filter(({ kind }) => kind !== "archive") ?? [];
  const done = fetched.filter(({ state }) => state !== "waiting").length;
  return done === fetched.length ? undefined : { done, total: fetched.length };
}

/** Whether something of a final is still on its way. */
export function isFetching({ parts = [] }: Pick<Job, "parts">): boolean {
  return parts.some(({ state }) => state === "waiting");
}

/** Since when something of the job is to be stored or fetched, and nobody has done so; undefined where nothing is. */
export function storingAt(job: Pick<Job, "status" | "parts" | "updatedAt">): string | undefined {
  return job.status === "pending-storage" || isFetching(job) ? job.updatedAt : undefined;
}

/** A part that came, is not there, or is given up; it may have brought further parts. Undefined: nobody waits for it. */
export function partAfter(job: Job, event: PartSettled): Partial<Job> | undefined {
  const { name, state, fault, artifact, result, more = [] } = event;
  const known = job.parts?.find((part) => part.name === name && part.state === "waiting");
  if (known === undefined) return undefined;
  const parts = (job.parts ?? []).map((part) =>
    part === known ? { ...part, state, ...defined({ fault }) } : part,
  );
  const others = job.artifacts?.filter((other) => other.name !== artifact?.name) ?? [];
  return {
    ...withParts([...parts, ...more]),
    ...(artifact && { artifacts: [...others, artifact] }),
    ...defined({ result }),
  };
}

/** What did not come, waiting again; undefined where nothing is missing. */
export function partsAgain({ parts = [] }: Job, at: string): Partial<Job> | undefined {
  if (!parts.some(isMissing)) return undefined;
  return withParts(
    parts.map(({ fault: _, ...part }) =>
      isMissing(part) ? { ...part, state: "waiting", since: at } : { ...part, ...defined({ fault: _ }) },
    ),
  );
}

/** A part that may be fetched once more. */
export function isMissing({ state, kind }: Pick<Part, "state" | "kind">): boolean {
  return kind !== "archive" && (state === "missing" || state === "none");
}

/** The archive that came with the final is settled, whichever way. */
export function archiveSettled({ parts }: Job): Partial<Job> {
  if (parts === undefined) return {};
  return withParts(parts.map((part) => (part.kind === "archive" ? { ...part, state: "stored" } : part)));
}

/** An absent `fetching` is `undefined` here, so that it takes the place of what was. */
export function withParts(parts: Part[]): { parts: Part[]; fetching: Job["fetching"] } {
  return { parts, fetching: fetchingOf(parts) };
}
