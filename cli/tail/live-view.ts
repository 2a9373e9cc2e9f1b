import type { Connection } from "#app/client/connection.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { words } from "#app/locales/words.ts";
import type { Io } from "../io.ts";
import { renderEnded } from "../render/ended-lines.ts";
import { renderBlock } from "../render/live-block.ts";
import { renderLog } from "../render/log-lines.ts";
import type { Look } from "../render/look.ts";
import { createConnectionTalk, secondsUntil } from "./connection-talk.ts";
import { createFrames } from "./frames.ts";
import type { JobsView } from "./jobs-view.ts";
import { createScreen } from "./screen.ts";

/** On a terminal: what is over stays above as lines, what runs is a block at the bottom that is redrawn in place. */
export function createLiveView(
  { stdout, stderr, now }: Pick<Io, "stdout" | "stderr" | "now">,
  look: Look,
): JobsView {
  const screen = createScreen(stdout);
  const talk = createConnectionTalk(look.locale);
  const moving = new Map<string, JobSummary>();
  const ended = new Map<string, string>();
  let above: string[] = [];
  let connection: Connection = { state: "connecting" };

  function draw(isLast = false): void {
    const at = now();
    const footer = isLast ? [] : footerOf(connection, moving.size, look, at);
    const height = Math.max(1, stdout.rows() - 3 - footer.length);
    const rows = renderBlock(inOrder(moving), { width: stdout.columns(), height, now: at, look });
    const block = [...rows, ...footer];
    screen.draw(above, block.length === 0 ? [] : ["", ...block]);
    above = [];
  }
  const frames = createFrames(() => draw());
  function say(text: string): void {
    screen.clear();
    stderr.write(`${look.paint("faint", text)}\n`);
    frames.request();
  }
  function hide(jobId: string): void {
    moving.delete(jobId);
    frames.request();
  }
  const release = stdout.onResize(frames.request);
  // At once, so that a person sees that it has begun before anybody has answered.
  frames.request();

  return {
    change(job) {
      if (isFinal(job.status)) {
        moving.delete(job.jobId);
        const lines = renderEnded(job, { width: stdout.columns(), now: now(), look });
        if (ended.get(job.jobId) !== lines.join("\n")) above.push(...lines);
        ended.set(job.jobId, lines.join("\n"));
      } else moving.set(job.jobId, job);
      frames.request();
    },
    hide,
    remove: hide,
    log(job, _, entries) {
      const named = stdout.columns() < 60 ? {} : { job };
      for (const entry of entries) above.push(...renderLog(entry, { look, ...named }));
      frames.request();
    },
    connection(next, caughtUp) {
      connection = next;
      const said = talk(next, now(), caughtUp);
      if (said !== undefined) say(said);
      frames.request();
    },
    say,
    close() {
      release();
      frames.stop();
      draw(true);
      screen.leave();
    },
  };
}

/** Below the block: a connection that is not there yet, away or not all it should be, or that nothing is running. */
function footerOf(
  { state, retryAt, laggingSince }: Connection,
  moving: number,
  look: Look,
  now: number,
): string[] {
  const { disconnected, idle } = terminalTexts[look.locale];
  const sign = look.paint("stalled", look.signs.state.stalled);
  if (state === "reconnecting") return [` ${sign} ${disconnected({ seconds: secondsUntil(retryAt, now) })}`];
  if (laggingSince !== undefined) return [` ${sign} ${words[look.locale].connection.lagging}`];
  if (moving > 0) return [];
  if (state === "connecting") return [look.paint("faint", ` ${words[look.locale].connection.connecting}`)];
  return state === "live" ? [look.paint("faint", ` ${idle}`)] : [];
}

/** Those at work first, then those that wait; both in the order they came, so that no row jumps. */
function inOrder(moving: ReadonlyMap<string, JobSummary>): JobSummary[] {
  const waits = (job: JobSummary): number => (job.status === "queued" ? 1 : 0);
  return [...moving.values()].sort(
    (a, b) => waits(a) - waits(b) || a.createdAt.localeCompare(b.createdAt) || a.jobId.localeCompare(b.jobId),
  );
}
