import { expect, it } from "vitest";
import { frame } from "./feed-event.ts";

it("a worker's text cannot end its line, its event or begin another", () => {
  const title = "Bericht\r\nevent: job_removed\n\ndata: {}\r\rid: 9\u2028\u2029\0";
  const text = frame("job_update", JSON.stringify({ title }), "k3x.7");
  expect(text).toMatch(/^event: job_update\nid: k3x\.7\ndata: [^\r\n]*\n\n$/);
  const data = text.split("\n")[2]?.slice("data: ".length) ?? "";
  expect(JSON.parse(data)).toEqual({ title });
});
