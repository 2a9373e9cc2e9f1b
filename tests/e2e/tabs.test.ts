import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { jobPageSchema } from "#app/contract/http.ts";
import { words } from "#app/locales/words.ts";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { type CountedServer, countStreams } from "./support/count-streams.ts";
import { registerJob, sendCallback } from "./support/jobs.ts";
import { startServer } from "./support/start-server.ts";

/** One more than the connections a browser opens to one server over HTTP/1.1. */
const SEVEN = 7;
/** For what is waited for; it takes as long as it takes. */
const PATIENCE = { timeout: 60_000, interval: 20 };
const TITLE = "Bericht.pdf";

let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  const executablePath = (await findBrowser()) ?? "";
  // Playwright switches the back-forward cache off, because it keeps what it has seen of a page no longer true.
  const ignoreDefaultArgs = ["--disable-back-forward-cache"];
  browser = await chromium.launch({
    executablePath,
    ignoreDefaultArgs,
    args: ["--no-sandbox", "--disable-gpu"],
  });
});
afterEach(() => context.close());
afterAll(() => browser.close());

it("keeps seven tabs live over one connection", async () => {
  await using house = await open(SEVEN);
  await house.move("Seite 1");
  await house.everyTabIsRight();
  await expectOneStream(house);
});

it("shows in each tab what that one asks for, live in all of them over the one connection", async () => {
  await using house = await open(2);
  const [running, found] = house.tabs as [Page, Page];
  for (const [tab, query] of [
    [running, "status=running"],
    [found, "q=nach"],
  ] as const) {
    await tab.goto(`${house.streams.url}/?${query}`);
    await tab.getByText("Live", { exact: true }).waitFor();
  }
  for (const step of [1, 2]) {
    await house.move(`Seite ${step}`);
    const row = running.getByRole("listitem").filter({ hasText: TITLE });
    await row.getByText(`Läuft · Seite ${step}`, { exact: true }).waitFor();
    const titles = step === 1 ? ["nach Seite 1.pdf"] : ["nach Seite 2.pdf", "nach Seite 1.pdf"];
    await expect.poll(() => titlesOf(found), PATIENCE).toEqual(titles);
    expect(await titlesOf(running)).toEqual([TITLE]);
  }
  await expectOneStream(house);
});

it("goes on in the others when the leading tab is closed", async () => {
  await using house = await open(3);
  await house.tabs.shift()?.close();
  await house.move("Seite 1");
  await house.everyTabIsRight();
  await expectOneStream(house);
});

it("goes on in the others when the leading tab crashes", async () => {
  await using house = await open(3);
  const [leader] = house.tabs.splice(0, 1) as [Page];
  const crashed = leader.waitForEvent("crash");
  const session = await context.newCDPSession(leader);
  session.send("Page.crash").catch(() => undefined);
  await crashed;
  await house.move("Seite 1");
  await house.everyTabIsRight();
  await expectOneStream(house);
});

it("goes on in the others while the leading tab is frozen, and brings it up to date when it thaws", async () => {
  await using house = await open(3);
  const [leader, ...others] = house.tabs as [Page, ...Page[]];
  const session = await context.newCDPSession(leader);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await house.move("Seite 1");
  await house.everyTabIsRight(others);
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await house.everyTabIsRight();
  await expectOneStream(house);
});

it("replaces a leading tab that hangs without notice, and brings it up to date when it runs again", async () => {
  await using house = await open(3);
  const [leader, ...others] = house.tabs as [Page, ...Page[]];
  const session = await context.newCDPSession(leader);
  await session.send("Debugger.enable");
  const halted = new Promise((resolve) => session.once("Debugger.paused", resolve));
  await session.send("Debugger.pause");
  await house.move("Seite 1");
  await halted;
  await house.everyTabIsRight(others);
  await session.send("Debugger.disable");
  await house.everyTabIsRight();
  await expectOneStream(house);
});

it("says in every tab that the network is away, and is back in every tab when it is", async () => {
  await using house = await open(3);
  await context.setOffline(true);
  house.streams.cut();
  for (const tab of house.tabs) await tab.getByText("Getrennt", { exact: true }).waitFor();
  await house.move("Seite 1");
  await context.setOffline(false);
  for (const tab of house.tabs) await tab.getByText("Live", { exact: true }).waitFor();
  await house.everyTabIsRight();
  await expectOneStream(house);
});

it("is up to date after the way back from another page, out of the back-forward cache", async () => {
  await using house = await open(2);
  const [leader, ...others] = house.tabs as [Page, ...Page[]];
  await leader.evaluate(() => {
    addEventListener("pageshow", ({ persisted }) => Object.assign(window, { persisted }));
  });
  await leader.goto(`${house.streams.url}/healthz`);
  await house.move("Seite 1");
  await house.everyTabIsRight(others);
  await leader.evaluate(() => void setTimeout(() => history.back()));
  await leader.waitForURL(`${house.streams.url}/`, { waitUntil: "commit" });
  await expect.poll(() => leader.evaluate("window.persisted").catch(() => undefined), PATIENCE).toBe(true);
  await house.everyTabIsRight();
  await expectOneStream(house);
});

it("follows an opened row only in a tab that is seen", async () => {
  await using house = await open(2);
  await house.move("Seite 1");
  for (const tab of house.tabs) await tab.getByRole("button", { name: TITLE, exact: true }).click();
  for (const tab of house.tabs) await tab.getByRole("log").getByText("Seite 1").waitFor();
  await expect.poll(() => house.streams.followed(), PATIENCE).toBe(2);
  const [hidden] = house.tabs as [Page];
  await show(hidden, "hidden");
  await expect.poll(() => house.streams.followed(), PATIENCE).toBe(1);
  await house.move("Seite 2");
  await show(hidden, "visible");
  for (const tab of house.tabs) await tab.getByRole("log").getByText("Seite 2").waitFor();
});

it("serves a stock EventSource", async () => {
  await using house = await open(1);
  const [tab] = house.tabs as [Page];
  await tab.evaluate(() => {
    const heard: string[] = [];
    const source = new EventSource("/api/external/jobs/stream");
    for (const name of ["ready", "job_update"]) source.addEventListener(name, () => heard.push(name));
    Object.assign(window, { heard });
  });
  const heard = (): Promise<unknown> => tab.evaluate("window.heard");
  await expect.poll(heard, PATIENCE).toEqual(["ready"]);
  await house.move("Seite 1");
  await expect.poll(heard, PATIENCE).toContain("job_update");
  house.streams.cut();
  await expect.poll(async () => String(await heard()).match(/ready/g), PATIENCE).toHaveLength(2);
});

type House = { tabs: Page[]; streams: CountedServer } & AsyncDisposable & {
    /** The job takes another step. */
    move(message: string): Promise<void>;
    /** Every tab shows what the repository holds. */
    everyTabIsRight(tabs?: readonly Page[]): Promise<void>;
  };

/** A server with a job, and tabs of one browser on it that are live; the first one leads. */
async function open(count: number): Promise<House> {
  const server = await startServer();
  const streams = await countStreams(server.url);
  const job = await registerJob(server.url, { title: TITLE });
  context = await browser.newContext({ locale: "de-DE", reducedMotion: "reduce" });
  context.setDefaultTimeout(PATIENCE.timeout);
  const tabs: Page[] = [];
  for (let index = 0; index < count; index++) {
    const tab = await context.newPage();
    await tab.goto(streams.url);
    await tab.getByText("Live", { exact: true }).waitFor();
    tabs.push(tab);
  }
  return {
    tabs,
    streams,
    async move(message) {
      await sendCallback(job, { phase: "processing", message });
      const another = await registerJob(server.url, { title: `nach ${message}.pdf` });
      await sendCallback(another, { phase: "completed", message: "Fertig", data: {} });
    },
    async everyTabIsRight(asked = tabs) {
      const response = await fetch(`${server.url}/api/external/jobs`);
      const { items } = jobPageSchema.parse(await response.json());
      for (const tab of asked) {
        const rows = tab.getByRole("dialog").getByRole("listitem");
        for (const { title, status, message } of items) {
          const row = rows.filter({ has: tab.getByRole("heading", { name: title, exact: true }) });
          const said = [words.de.status[status], ...(message === undefined ? [] : [message])].join(" · ");
          await row.getByText(said, { exact: true }).waitFor();
        }
        await expect.poll(() => rows.count()).toBe(items.length);
      }
    },
    async [Symbol.asyncDispose]() {
      await context.setOffline(false);
      await streams[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}

function titlesOf(tab: Page): Promise<(string | null)[]> {
  return tab
    .getByRole("dialog")
    .getByRole("heading", { level: 4 })
    .getByRole("button")
    .evaluateAll((all) => all.map((button) => button.getAttribute("aria-label")));
}

async function expectOneStream({ streams }: House): Promise<void> {
  await expect.poll(() => streams.lists(), PATIENCE).toBe(1);
}

/** What the page is told when another tab comes to its front, or it to the front of another. */
async function show(tab: Page, state: "hidden" | "visible"): Promise<void> {
  await tab.evaluate((visibilityState) => {
    Object.defineProperty(document, "visibilityState", { value: visibilityState, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}
