import { expect, it, vi } from "vitest";
import { ApiError } from "#app/client/jobs-api.ts";
import { createRemovals } from "./removals.ts";

it("sends nothing while it can be undone, and nothing at all once it was", async () => {
  const { removals, sent } = arrange({ undoMs: 30 });
  removals.request("a");
  removals.request("b");
  removals.undo("a");
  expect([removals.of("a"), removals.of("b"), sent]).toEqual([undefined, { state: "undoable" }, []]);
  await expect.poll(() => removals.of("b")).toEqual({ state: "sent" });
  expect(sent).toEqual(["b"]);
  removals.undo("b");
  removals.request("b");
  expect(removals.of("b")).toEqual({ state: "sent" });
  expect(sent).toEqual(["b"]);
});

it("shows a refusal until it is put aside, and can be asked again", async () => {
  const { removals, refuse, sent } = arrange({ undoMs: 1 });
  refuse(new ApiError(409, "not_final", "this job is running"));
  removals.request("a");
  await expect.poll(() => removals.of("a")).toMatchObject({ state: "failed", error: { status: 409 } });
  removals.request("a");
  expect(removals.of("a")).toEqual({ state: "undoable" });
  await expect.poll(() => removals.of("a")?.state).toBe("failed");
  removals.undo("a");
  expect([removals.of("a"), sent]).toEqual([undefined, ["a", "a"]]);
});

it("takes a job that is gone already for removed", async () => {
  const { removals, refuse, sent } = arrange({ undoMs: 1 });
  refuse(new ApiError(404, "not_found", "you have no such job"));
  removals.request("a");
  await expect.poll(() => sent).toEqual(["a"]);
  expect(removals.of("a")).toEqual({ state: "sent" });
});

it("tells its listeners of every change, until they leave", () => {
  const { removals } = arrange({ undoMs: 10_000 });
  const heard = vi.fn<() => void>();
  const leave = removals.subscribe(heard);
  removals.request("a");
  removals.undo("a");
  leave();
  removals.request("a");
  removals.undo("a");
  expect(heard).toHaveBeenCalledTimes(2);
});

/** A server that only removes, and what it was asked for. */
function arrange({ undoMs }: { undoMs: number }) {
  const sent: string[] = [];
  let refusal: ApiError | undefined;
  const removals = createRemovals({
    undoMs,
    api: {
      async remove(jobId) {
        sent.push(jobId);
        if (refusal !== undefined) throw refusal;
      },
    },
  });
  return { removals, sent, refuse: (error: ApiError) => (refusal = error) };
}
