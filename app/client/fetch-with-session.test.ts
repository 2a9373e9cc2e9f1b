import { expect, it } from "vitest";
import { fetchWithSession } from "./fetch-with-session.ts";

it("asks once more with a session that was renewed", async () => {
  const { ask, statuses } = asked([401, 200], () => Promise.resolve(true));
  expect([await ask(), statuses]).toEqual([200, []]);
});

it("leaves refused what is refused again, or cannot be renewed", async () => {
  expect(await asked([401, 401, 200], () => Promise.resolve(true)).ask()).toBe(401);
  expect(await asked([401, 200], () => Promise.resolve(false)).ask()).toBe(401);
});

it("renews nothing for any other answer", async () => {
  const { ask } = asked([403, 200], () => Promise.reject(new Error("asked")));
  expect([await ask(), await ask()]).toEqual([403, 200]);
});

it("rejects where nobody can tell whether the session is good", async () => {
  const { ask } = asked([401, 200], () => Promise.reject(new Error("no network")));
  await expect(ask()).rejects.toThrow("no network");
});

/** A server that answers with these statuses, one after the other. */
function asked(statuses: number[], refreshSession: () => Promise<boolean>) {
  const send = () => Promise.resolve(new Response(null, { status: statuses.shift() ?? 500 }));
  const fetch = fetchWithSession(send, refreshSession);
  return { statuses, ask: async () => (await fetch("/x")).status };
}
