import type { JobEvent } from "#app/contract/job-event.ts";
import type { DetailTexts } from "./use-detail-texts.ts";

/** What an event said, in one line: a worker's own words, or ours for what jobmon and the owner did. */
export function deliveryText(event: JobEvent, { deliveries: texts, cancel, percent }: DetailTexts): string {
  if (event.type === "cancel_requested") return cancel.asked;
  if (event.type !== "callback_received") return texts.event[event.type];
  const { phase, progress, message, outcome, error, lines } = event.report;
  const said = [
    event.source === undefined ? undefined : texts.asked,
    outcome === undefined || outcome === phase ? undefined : outcome,
    phase,
    progress === undefined ? undefined : percent({ percent: Math.floor(progress) }),
    error === undefined ? undefined : error.code,
    message?.trim(),
    message === undefined && lines.length > 0 ? texts.lines({ count: lines.length }) : undefined,
    event.stored?.result === undefined ? undefined : texts.withResult,
  ].filter((part) => part !== undefined && part !== "");
  return said.length === 0 ? texts.sign : said.join(" · ");
}
