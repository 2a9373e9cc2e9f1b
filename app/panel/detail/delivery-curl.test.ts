import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { CallbackReport } from "#app/contract/callback/report.ts";
import type { Delivery, JobEvent } from "#app/contract/job-event.ts";
import { deliveryCurl } from "./delivery-curl.ts";

const AT = "2026-01-01T00:00:00.000Z";
const ADDRESS = "http://127.0.0.1:4500/api/external/jobs/a";

it.each([
  "Seite 38/91",
  `'; touch /tmp/x; echo '`,
  '$(id) `id` ${HOME} \\ " ! # \n zweite Zeile',
  "it's 'quoted'",
])("gives a shell the very words of a worker, and nothing to obey: %j", async (message) => {
  const curl = deliveryCurl(callback({ message, lines: [{ level: "info", message }] }), ADDRESS) ?? "";
  const told = await promisify(execFile)("bash", ["-c", curl.replace(/^curl/, "printf '%s\\0'")], {
    env: { CALLBACK_TOKEN: "secret" },
  });
  const [address, , authorization, , type, , body = ""] = told.stdout.split("\0");
  expect([address, authorization, type]).toEqual([
    ADDRESS,
    "Authorization: Bearer secret",
    "Content-Type: application/json",
  ]);
  expect(JSON.parse(body)).toEqual({ message });
});

it("is none for what was no callback", () => {
  expect(
    deliveryCurl({ event: { type: "cancel_requested", at: AT }, applied: true }, ADDRESS),
  ).toBeUndefined();
  const event: JobEvent = { type: "callback_received", at: AT, report: { lines: [] }, source: "asked" };
  expect(deliveryCurl({ event, applied: true }, ADDRESS)).toBeUndefined();
});

function callback(report: CallbackReport): Delivery {
  return { event: { type: "callback_received", at: AT, report }, applied: true };
}
