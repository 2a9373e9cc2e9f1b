import { Ban, CircleCheck, Clock, createLucideIcon, HardDriveDownload, Hourglass } from "lucide-react";
import type { JobStatus } from "#app/contract/job-status.ts";

/** Lucide has no triangle with a cross: a failure differs from a success by its outline, not only by its colour. */
const TriangleX = createLucideIcon("triangle-x", [
  [
    "path",
    { d: "M10.3 4 2.6 17.5a2 2 0 0 0 1.7 3h15.4a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z", key: "edge" },
  ],
  ["path", { d: "m9.8 10.8 4.4 4.4m0-4.4-4.4 4.4", key: "cross" }],
]);

/** How a state looks. `icon` undefined: the progress ring. `bar` is the colour of its bar, where it has one. */
type Look = { icon: typeof TriangleX | undefined; tone: string; bar?: string };

export const looks: Record<JobStatus | "stalled", Look> = {
  queued: { icon: Clock, tone: "text-faint" },
  running: { icon: undefined, tone: "text-run", bar: "text-run" },
  stalled: { icon: Hourglass, tone: "text-warn", bar: "text-warn" },
  "pending-storage": { icon: HardDriveDownload, tone: "text-store", bar: "text-store" },
  completed: { icon: CircleCheck, tone: "text-ok" },
  failed: { icon: TriangleX, tone: "text-bad" },
  canceled: { icon: Ban, tone: "text-faint" },
};
