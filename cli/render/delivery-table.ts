import type { Delivery } from "#app/contract/job-event.ts";
import { tableTexts } from "#app/locales/terminal-tables.ts";
import { formatSecond } from "#app/locales/time.ts";
import type { Look } from "./look.ts";
import { safeLine } from "./safe-line.ts";
import { renderTable } from "./table.ts";

/** Deliveries as a table: when, what, whether it was applied and why not, how many bytes, and what it said. */
export function renderDeliveries(
  deliveries: readonly Delivery[],
  { width, look }: { width: number; look: Look },
): string {
  const texts = tableTexts[look.locale];
  return renderTable(
    deliveries,
    [
      { heading: texts.at, text: ({ event }) => formatSecond(Date.parse(event.at), look.locale) },
      { heading: texts.event, text: ({ event }) => event.type },
      {
        heading: texts.applied,
        text: ({ applied, reason }) => (applied ? texts.yes : (reason ?? "-")),
        paint: ({ applied }, text) => (applied ? text : look.paint("stalled", text)),
      },
      { heading: texts.bytes, text: ({ request }) => (request === undefined ? "" : String(request.bytes)) },
      { heading: texts.message, text: said, isElastic: true },
    ],
    { width, faint: (text) => look.paint("faint", text), cut: look.signs.cut },
  );
}

/** What a callback said, as its JSON without what is empty. */
function said({ event }: Delivery): string {
  if (event.type === "artifacts_refused") return safeLine(event.reason);
  if (event.type !== "callback_received") return "";
  const { lines, ...report } = event.report;
  return safeLine(JSON.stringify({ ...report, ...(lines.length > 0 && { lines: lines.length }) }));
}
