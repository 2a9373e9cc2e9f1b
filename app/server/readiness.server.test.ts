import { expect, it } from "vitest";
import { askParts } from "./readiness.server.ts";

const works = (): Promise<void> => Promise.resolve();

it("is ready when every part works", async () => {
  const parts = { repository: "ok", bus: "ok" };
  expect(await askParts({ repository: works, bus: works }, () => {})).toEqual({ isReady: true, parts });
});

it("names the part that fails or does not answer in time, and says why to the log alone", async () => {
  const faults: [string, unknown][] = [];
  const secret = "mongodb://jobmon:secret@db:27017";
  const readiness = await askParts(
    {
      repository: () => Promise.reject(new Error(`connect ${secret}`)),
      bus: () => new Promise(() => {}),
      other: works,
    },
    (part, error) => faults.push([part, error]),
  );
  expect(readiness).toEqual({
    isReady: false,
    parts: { repository: "failing", bus: "failing", other: "ok" },
  });
  expect(faults).toEqual([
    ["repository", new Error(`connect ${secret}`)],
    ["bus", new Error("no answer within 2000 ms")],
  ]);
});
