import type { JobSummary } from "#app/contract/job.ts";
import type { words } from "#app/locales/words.ts";
import type { Locale } from "#app/locales/locale.ts";
import { notifyOnce } from "./notify-once.ts";
import { whatWasSaid } from "./what-was-said.ts";

/** Notifies of the end of a job, once over all tabs; a press on it brings this one to the front and opens the job. */
export async function notify(
  job: JobSummary,
  texts: (typeof words)[Locale],
  open: () => void,
): Promise<void> {
  await notifyOnce(`${job.jobId}@${job.finishedAt ?? ""}`, () => {
    const parts = [texts.status[job.status], whatWasSaid(job, texts)];
    const body = parts.filter((part) => part !== undefined).join(" · ");
    const notification = new Notification(job.title, { body, tag: job.jobId });
    notification.addEventListener("click", () => {
      window.focus();
      open();
      notification.close();
    });
  });
}
