import type { Io } from "../io.ts";
import type { ColourMode, OutputForm } from "../options/shared-options.ts";
import { lookFor } from "../output-options.ts";
import type { JobsView } from "./jobs-view.ts";
import { createLiveView } from "./live-view.ts";
import { createNdjsonView } from "./ndjson-view.ts";
import { createPlainView } from "./plain-view.ts";

/** How jobs are shown here: redrawn in place on a terminal that can, else a line per change, or as NDJSON. */
export function openView(
  io: Io,
  options: { output: OutputForm; color: ColourMode; includeConnection?: boolean },
): JobsView {
  const { locale, dumb } = io.environment;
  const { includeConnection = false } = options;
  if (options.output !== "text") return createNdjsonView(io, { includeConnection, locale });
  if (!io.stdout.isTTY || dumb) return createPlainView(io, locale);
  return createLiveView(io, lookFor(io, options));
}
