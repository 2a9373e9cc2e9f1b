import { expect, test } from "vitest";
import { isChosen, readFilter, toggleChip, writeFilter } from "./list-address.ts";

test.each([
  ["", {}],
  ["status=failed", { status: ["failed"] }],
  ["status=failed,running&status=queued", { status: ["queued", "running", "failed"] }],
  ["status=lost,failed&q=%20a%20b%20", { status: ["failed"], q: "a b" }],
  ["status=&q=", {}],
])("%s asks for %o", (query, filter) => {
  expect(readFilter(new URLSearchParams(query))).toEqual(filter);
});

test("Chips are put on and off, several at once, and the text stays", () => {
  const running = toggleChip("running", { q: "a" });
  expect(running).toEqual({ q: "a", status: ["running", "pending-storage"] });
  const both = toggleChip("failed", running);
  expect([isChosen("running", both), isChosen("failed", both), isChosen("queued", both)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(toggleChip("running", toggleChip("failed", both))).toEqual({ q: "a" });
});

test("An address keeps what is not the filter's", () => {
  const query = writeFilter(new URLSearchParams("job=a&status=failed&q=x"), {
    status: ["queued", "running"],
  });
  expect(query.toString()).toBe("job=a&status=queued%2Crunning");
  expect(readFilter(query)).toEqual({ status: ["queued", "running"] });
});
