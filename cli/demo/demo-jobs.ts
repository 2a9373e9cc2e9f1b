import { randomUUID } from "node:crypto";
import type { terminalTexts } from "#app/locales/terminal.ts";
import type { Page } from "./read-documents.ts";
import type { JobRequest, ReportedJob } from "./report-job.ts";
import { fillIn, type Script } from "./script.ts";

const PAGE_MS = 900;
const PAGES_SHOWN = 12;

/** A job of the demo: how it is registered, and the work that reports to it. `wait` is in a person's milliseconds. */
export type DemoJob = {
  request: JobRequest;
  /** False for the one that falls silent: once is enough. */
  ends: boolean;
  work(job: ReportedJob, wait: (milliseconds: number) => Promise<void>): Promise<void>;
};

/** Plays a recorded dialogue at its own pace. */
export function playScript(script: Script): DemoJob {
  const { title, kind, registration, callbacks, expectedLater } = script;
  return {
    request: { title, ...(kind === undefined ? {} : { kind }), ...withoutUndefined(registration ?? {}) },
    ends: expectedLater === undefined,
    async work(job, wait) {
      const ids = { jobId: job.jobId, callbackToken: job.callbackToken, processId: `job-${randomUUID()}` };
      for (const { afterMs, body } of callbacks) {
        await wait(afterMs);
        await job.send(fillIn(body, ids));
      }
    },
  };
}

/** Really reads a document, page by page: what it reports is what it has counted. */
export function readDocument(
  name: string,
  readPages: () => Promise<Page[]>,
  texts: (typeof terminalTexts)["de"]["demo"],
): DemoJob {
  return {
    request: { title: name, kind: "text" },
    ends: true,
    async work(job, wait) {
      await job.send({ phase: "initializing", message: texts.reading({ file: name }) });
      const pages = await readPages();
      const pace = (PAGE_MS * Math.min(pages.length, PAGES_SHOWN)) / Math.max(1, pages.length);
      let words = 0;
      for (const [index, page] of pages.entries()) {
        await wait(pace);
        words += page.words;
        const progress = Math.round((100 * (index + 1)) / pages.length);
        const message = texts.page({ page: index + 1, pages: pages.length, words: page.words });
        await job.send({ phase: "processing", progress, message });
      }
      await job.send({
        phase: "completed",
        message: texts.counted({ words, pages: pages.length }),
        data: {
          extracted_text: pages.map(({ content }) => content).join("\n"),
          metadata: {
            words,
            text_contents: pages.map(({ content }, index) => ({ page: index + 1, content })),
          },
        },
      });
    },
  };
}

function withoutUndefined({ stallAfterSeconds, timeoutSeconds }: NonNullable<Script["registration"]>) {
  return {
    ...(stallAfterSeconds === undefined ? {} : { stallAfterSeconds }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}
