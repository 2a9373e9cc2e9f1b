import { expect, test } from "vitest";
import { jobDetailSchema, jobPageSchema } from "#app/contract/http.ts";
import type { JobStatus } from "#app/contract/job-status.ts";
import { isStalled } from "#app/domain/stalled.ts";
import { type GalleryState, galleryStates } from "./gallery-states.ts";
import { createRecordedServer } from "./recorded-server.ts";

const NOW = Date.parse("2026-11-26T13:02:14Z");
const states = Object.entries<GalleryState>(galleryStates);

test.each(states)("%s is answered as the contract has it", async (_, state) => {
  const server = createRecordedServer({ ...state, detail: undefined as never }, NOW);
  const page = jobPageSchema.parse(server.page(state.filter));
  for (const { jobId } of page.items) {
    const response = await server.fetch(`/api/external/jobs/${jobId}?limit=50&deliveries=50`);
    const detail = jobDetailSchema.parse(await response.json());
    expect(Date.parse(detail.updatedAt)).toBeLessThanOrEqual(NOW);
  }
});

test("What is opened in a state is in its list", () => {
  const missing = states.filter(
    ([, { jobs, open, linked }]) => open && linked !== "gone" && !jobs.some(({ id }) => id === open),
  );
  expect(missing).toEqual([]);
});

test("The list shows every status, a stalled job and one of unknown progress", () => {
  const { items } = createRecordedServer(galleryStates.list, NOW).page();
  const statuses: JobStatus[] = ["queued", "running", "pending-storage", "completed", "failed", "canceled"];
  expect(new Set(items.map(({ status }) => status))).toEqual(new Set(statuses));
  expect(items.filter((job) => isStalled(job, NOW)).map(({ jobId }) => jobId)).toEqual(["stalled"]);
  const running = items.filter(({ status, progress }) => status === "running" && progress === undefined);
  expect(running.map(({ jobId }) => jobId)).toEqual(["unknown"]);
});

test("Filters leave what they ask for and count the rest", () => {
  const { list, filter } = { list: galleryStates.list, filter: { status: ["failed"] } as const };
  const { items, counts } = createRecordedServer(list, NOW).page({ status: [...filter.status] });
  expect(items.map(({ jobId }) => jobId)).toEqual(["failed", "silent"]);
  expect(counts.completed).toBeGreaterThan(35);
});
