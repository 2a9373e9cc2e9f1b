import type { Browser } from "playwright-core";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signInTexts } from "#app/locales/sign-in.ts";
import { launchBrowser } from "../setup/browser.ts";
import { type FakeClerk, startClerk } from "../support/start-clerk.ts";
import { postJson } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const JOBS = "/api/external/jobs";
const HOOKS = "/api/clerk/webhooks";
const SIGNING_SECRET = `whsec_${Buffer.from("a secret of Clerk's own for us").toString("base64")}`;
const ANNA = { email: "anna@example.org", email_verified: true };
const { title, loading, menu } = signInTexts.de;

let clerk: FakeClerk;
let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  clerk = await startClerk();
  clerk.users.set("user_a", { email: ANNA.email });
  clerk.apiKeys.set("ak_anna", { userId: "user_a" });
  [server, browser] = await Promise.all([
    startServer({ env: { ...clerk.env, CLERK_WEBHOOK_SIGNING_SECRET: SIGNING_SECRET } }),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await clerk[Symbol.asyncDispose]();
});

it("opens no connection to Clerk for what a session does, its stream included", async () => {
  const headers = await bySession("sess_quick");
  const registered = await postJson(`${server.url}${JOBS}`, { title: "Bericht.pdf" }, headers);
  expect(registered.status).toBe(201);
  for (let n = 0; n < 50; n++) expect((await fetch(`${server.url}${JOBS}`, { headers })).status).toBe(200);
  using stream = await readStream(server.url, {}, headers);
  await stream.until("ready");
  expect([clerk.connections(), clerk.asked]).toEqual([0, []]);
});

it("takes an API key of the same user, and shows the same jobs", async () => {
  const headers = { Authorization: "Bearer ak_anna" };
  expect(await (await fetch(`${server.url}/api/external/me`, { headers })).json()).toEqual({
    userEmail: ANNA.email,
    auth: "clerk",
  });
  expect(await (await fetch(`${server.url}${JOBS}`, { headers })).json()).toMatchObject({ total: 1 });
});

it("ends a stream before its session token has run out", async () => {
  const exp = Math.floor(Date.now() / 1000) + 9;
  using stream = await readStream(server.url, {}, await bySession("sess_short", { exp }));
  const events = await stream.toEnd();
  expect(events.at(-1)).toMatchObject({ event: "bye" });
  expect(Date.now()).toBeLessThan(exp * 1000);
});

it("ends the streams of a session that signs out, refuses its token, and leaves other sessions alone", async () => {
  const [gone, stays] = [await bySession("sess_gone"), await bySession("sess_stays")];
  using ended = await readStream(server.url, {}, gone);
  using open = await readStream(server.url, {}, stays);
  await Promise.all([ended.until("ready"), open.until("ready")]);
  const signOut = await fetch(`${server.url}/api/external/sign-out`, { method: "POST", headers: gone });
  expect(signOut.status).toBe(204);
  expect((await ended.toEnd()).at(-1)).toMatchObject({ event: "bye" });
  expect((await fetch(`${server.url}${JOBS}`, { headers: gone })).status).toBe(401);
  expect((await postJson(`${server.url}${JOBS}`, { title: "Nachher" }, stays)).status).toBe(201);
  await open.until("job_update", ({ data }) => data.title === "Nachher");
});

it.each(["session.revoked", "session.ended", "session.removed"])(
  "ends the session that Clerk's webhook %s names, within the turn",
  async (type) => {
    const id = `sess_${type}`;
    const headers = await bySession(id);
    using stream = await readStream(server.url, {}, headers);
    await stream.until("ready");
    expect(await hook({ type: "session.created", data: { id } })).toBe(204);
    expect((await fetch(`${server.url}${JOBS}`, { headers })).status).toBe(200);
    expect(await hook({ type, data: { id } })).toBe(204);
    expect((await stream.toEnd()).at(-1)).toMatchObject({ event: "bye" });
    expect((await fetch(`${server.url}${JOBS}`, { headers })).status).toBe(401);
  },
);

it("ends everything of a user whom Clerk's webhook says to be deleted, API keys as well", async () => {
  clerk.users.set("user_gone", { email: ANNA.email });
  clerk.apiKeys.set("ak_gone", { userId: "user_gone" });
  const ways = [await bySession("sess_last", { sub: "user_gone" }), { Authorization: "Bearer ak_gone" }];
  const [first, second] = await Promise.all(ways.map((headers) => readStream(server.url, {}, headers)));
  await Promise.all([first?.until("ready"), second?.until("ready")]);
  expect(await hook({ type: "user.deleted", data: { id: "user_gone", deleted: true } })).toBe(204);
  for (const stream of [first, second]) {
    expect((await stream?.toEnd())?.at(-1)).toMatchObject({ event: "bye" });
  }
  for (const headers of ways) expect((await fetch(`${server.url}${JOBS}`, { headers })).status).toBe(401);
});

it("takes nothing that Clerk has not signed, and nothing but events", async () => {
  const revoked = { type: "session.revoked", data: { id: "sess_other" } };
  const headers = await bySession("sess_other");
  const unsigned = await postJson(`${server.url}${HOOKS}`, revoked);
  expect([unsigned.status, (await unsigned.json()).error.code]).toEqual([401, "unsigned"]);
  expect(await hook(revoked, { "svix-id": "msg_other" })).toBe(401);
  expect(await hook(revoked, {}, Date.now() - 6 * 60_000)).toBe(401);
  expect(await hook([])).toBe(422);
  expect((await fetch(`${server.url}${JOBS}`, { headers })).status).toBe(200);
});

it("sends a visitor to the sign-in page, whose key is that of the environment and which holds no secret", async () => {
  const page = await browser.newPage({ locale: "de-DE" });
  await page.goto(`${server.url}/?status=failed`);
  expect(new URL(page.url()).searchParams.get("to")).toBe("/?status=failed");
  await page.getByRole("heading", { name: title }).waitFor();
  await page.getByText(loading).waitFor();
  const html = await page.content();
  expect(html).toContain(clerk.env["VITE_CLERK_PUBLISHABLE_KEY"]);
  expect(html).not.toContain(clerk.env["CLERK_SECRET_KEY"]);
  await page.close();
});

it("goes on to no page but one of ours", async () => {
  const headers = { ...(await bySession("sess_a")), Accept: "text/html" };
  for (const to of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    const address = `${server.url}/sign-in?to=${encodeURIComponent(to)}`;
    const answer = await fetch(address, { headers, redirect: "manual" });
    expect([answer.status, answer.headers.get("Location")]).toEqual([302, "/"]);
  }
});

it("has Clerk renew a session that is refused when a tab wakes, goes on where it was, and says when there is none any more", async () => {
  const context = await browser.newContext({ locale: "de-DE" });
  const stale = await clerk.token("user_a", { ...ANNA, sid: "sess_slept" });
  const takeStale = () => context.addCookies(cookiesOf(stale));
  let renewed = 0;
  await context.exposeFunction("newToken", () => {
    renewed += 1;
    return clerk.token("user_a", { ...ANNA, sid: "sess_awake" });
  });
  await context.addInitScript(standInForClerk);
  await takeStale();
  const page = await context.newPage();
  await page.goto(`${server.url}/?q=e`);
  await page.getByText("Bericht.pdf").first().waitFor();
  await page.evaluate("globalThis.isSame = true");

  // The stream ends, and is refused by the cookie that is there.
  expect(await hook({ type: "session.ended", data: { id: "sess_slept" } })).toBe(204);
  await expect.poll(() => renewed).toBeGreaterThan(0);
  await postJson(`${server.url}${JOBS}`, { title: "Nach dem Schlaf" }, await bySession("sess_b"));
  await page.getByText("Nach dem Schlaf").first().waitFor();

  await takeStale();
  const stillMe = page.waitForResponse((answer) => answer.url().endsWith("/me") && answer.ok());
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await stillMe;
  await takeStale();
  await page.getByText("Nach dem Schlaf").first().click();
  await page
    .getByText(/^Noch keine/)
    .first()
    .waitFor();
  expect(renewed).toBeGreaterThan(1);
  const query = new URL(page.url()).searchParams.get("q");
  expect([query, await page.evaluate("globalThis.isSame")]).toEqual(["e", true]);

  await page.evaluate("globalThis.isRevoked = true");
  expect(await hook({ type: "session.revoked", data: { id: "sess_awake" } })).toBe(204);
  await page.getByText("bitte neu anmelden").first().waitFor();
  await context.close();
});

it("clears every tab of the browser when its user signs out in one", async () => {
  const context = await browser.newContext({ locale: "de-DE" });
  await context.addCookies(cookiesOf(await clerk.token("user_a", { ...ANNA, sid: "sess_tabs" })));
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto(server.url);
    await tab.getByText("Bericht.pdf").first().waitFor();
  }
  await tabs[0]?.getByRole("button", { name: ANNA.email }).click();
  await tabs[0]?.getByRole("button", { name: menu.signOut }).click();
  for (const tab of tabs) {
    await tab.waitForURL(/\/sign-in/);
    expect(await tab.content()).not.toContain("Bericht.pdf");
  }
  await context.close();
});

/** In the browser, in place of Clerk's script: what a page asks of it, with the cookie that it would set. */
const standInForClerk = `
  const off = () => () => {};
  class Refusal extends Error {
    static kind = "ClerkAPIResponseError";
    status = 401;
  }
  const getToken = async () => {
    if (globalThis.isRevoked) throw new Refusal();
    const token = await newToken();
    document.cookie = "__session=" + token + "; path=/";
    return token;
  };
  globalThis.Clerk = { loaded: true, status: "ready", load: off, on: off, off, addListener: off, session: { getToken } };
`;

function cookiesOf(token: string) {
  const cookies = { __session: token, __client_uat: "1" };
  return Object.entries(cookies).map(([name, value]) => ({ name, value, url: server.url }));
}

/** Posts what Clerk tells, signed as its sender Svix does it, by the library that others use; `headers` win. */
async function hook(event: unknown, headers: Record<string, string> = {}, now = Date.now()): Promise<number> {
  const [id, at] = ["msg_1", new Date(now)];
  const signature = new Webhook(SIGNING_SECRET).sign(id, at, JSON.stringify(event));
  const timestamp = String(Math.floor(now / 1000));
  const signed = { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": signature };
  return (await postJson(`${server.url}${HOOKS}`, event, { ...signed, ...headers })).status;
}

async function bySession(sid: string, claims = {}): Promise<Record<string, string>> {
  return { Authorization: `Bearer ${await clerk.token("user_a", { ...ANNA, sid, ...claims })}` };
}
