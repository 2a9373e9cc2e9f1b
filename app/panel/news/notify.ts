import { preferenceIn } from "#app/contract/preference-cookie.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { Preferences } from "#app/contract/preferences.ts";
import type { words } from "#app/locales/words.ts";
import type { Locale } from "#app/locales/locale.ts";
import { notifyOnce } from "./notify-once.ts";
import { rowButtonId } from "#app/panel/list/row-button-id.ts";
import { whatWasSaid } from "#app/panel/job/what-was-said.ts";

/**
 * Notifies of the end of a job, once over all tabs, if that is wanted; a press on it brings this one to the front and
 * opens the job. `setting` counts where the browser keeps no cookies.
 */
export async function notify(
  job: JobSummary,
  texts: (typeof words)[Locale],
  setting: Preferences["notify"],
  open: () => void,
): Promise<void> {
  // As it was set last, in whichever tab: what this one was told when it was loaded may be old.
  const wanted = preferenceIn(document.cookie, "notify") || setting;
  if (wanted === "off" || (wanted === "failures" && job.status !== "failed")) return;
  await notifyOnce(`${job.jobId}@${job.finishedAt ?? ""}`, () => {
    const parts = [texts.status[job.status], whatWasSaid(job, texts)];
    const body = parts.filter((part) => part !== undefined).join(" · ");
    const notification = new Notification(job.title, { body, tag: job.jobId });
    notification.addEventListener("click", () => {
      window.focus();
      open();
      // One that was open before is not opened, only found again.
      document.getElementById(rowButtonId(job.jobId))?.scrollIntoView({ block: "nearest" });
      notification.close();
    });
  });
}
