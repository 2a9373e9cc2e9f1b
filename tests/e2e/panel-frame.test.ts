import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Locator, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nameOfFocused } from "./support/accessible.ts";
import { firstScripts } from "./support/first-scripts.ts";
import { registerJob, sendCallback } from "./support/jobs.ts";
import { type OpenPanel, usePanels } from "./support/panels.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";
import { storeEndedJobs } from "./support/store-ended-jobs.ts";

const run = promisify(execFile);
const { openPanel, newPage } = usePanels();
/** For what is waited for; it takes as long as it takes. */
const PATIENCE = { timeout: 60_000, interval: 20 };
const CLIENT = join(import.meta.dirname, "../../build/client");
/** The JavaScript of a bare page of the framework, and how many times that the panel may weigh (`npm run bench:panel`). */
const BARE_BYTES = 110_800;
const AT_MOST = 1.35;

describe("a server with a few jobs", () => {
  let server: RunningServer;
  let running: Awaited<ReturnType<typeof registerJob>>;
  beforeAll(async () => {
    server = await startServer();
    const failed = await registerJob(server.url, { title: "kaputt.pdf" });
    await sendCallback(failed, { phase: "error", error: { code: "E1", message: "Datei ist beschädigt" } });
    const done = await registerJob(server.url, { title: "Fertig gelesen.pdf" });
    await sendCallback(done, { phase: "completed", message: "12 Seiten", data: {} });
    await registerJob(server.url, { title: "wartet.mp4" });
    running = await registerJob(server.url, { title: "läuft.m4a" });
    await sendCallback(running, { progress: 10 });
  });
  afterAll(() => server.stop());

  it("shows by a link what it showed to whoever made the link, before any script and after", async () => {
    const query = "?status=failed,completed&q=pdf";
    const html = await (await fetch(`${server.url}/${query}`)).text();
    expect([html.includes("kaputt.pdf"), html.includes("läuft.m4a")]).toEqual([true, false]);
    const opened = await openPanel(`${server.url}/${query}`);
    await expect.poll(() => titlesOf(opened)).toEqual(["Fertig gelesen.pdf", "kaputt.pdf"]);
    await expect.poll(() => pressed(opened)).toEqual(["Fertig: 1", "Fehler: 1"]);
    expect(await opened.panel.getByRole("searchbox").inputValue()).toBe("pdf");
  });

  it("can be used, and is live, with at most 1.35 times the JavaScript of a bare page", async () => {
    const first = firstScripts(await (await fetch(server.url)).text(), CLIENT);
    expect([...first.keys()].join()).toMatch(/entry\.client.*framework.*panel/);
    const bytes = [...first.values()].reduce((sum, size) => sum + size, 0);
    expect(bytes, [...first].join("\n")).toBeLessThanOrEqual(AT_MOST * BARE_BYTES);
    const large = [...first].filter(([, size]) => size > 1_000).map(([path]) => fetch(server.url + path));
    const encodings = (await Promise.all(large)).map(({ headers }) => headers.get("Content-Encoding"));
    expect(new Set(encodings), "what it weighs on its way").toEqual(new Set(["gzip"]));
  });

  it("is live, filtered, searched, closed and opened with no script but the first ones, none of which is Clerk's", async () => {
    const first = firstScripts(await (await fetch(server.url)).text(), CLIENT);
    const page = await newPage({ locale: "de-DE", reducedMotion: "reduce" });
    const asked: string[] = [];
    const held: Route[] = [];
    let isHeld = true;
    await page.route("**/assets/*.js", async (route) => {
      const { pathname } = new URL(route.request().url());
      asked.push(pathname);
      if (isHeld && !first.has(pathname)) held.push(route);
      else await route.continue();
    });
    // Not until everything is loaded: that is held back.
    await page.goto(server.url, { waitUntil: "commit" });
    const panel = page.getByRole("dialog");
    await panel.getByText("Live", { exact: true }).waitFor();
    await panel.getByRole("button", { name: "Fehler: 1" }).click();
    await page.waitForURL("**/?status=failed");
    const titles = panel.getByRole("heading", { level: 4 });
    await expect.poll(() => titles.count(), PATIENCE).toBe(1);
    await page.keyboard.press("/");
    await page.keyboard.type("nirgends");
    await panel.getByRole("button", { name: "Alle zeigen" }).click();
    await expect.poll(() => titles.count(), PATIENCE).toBe(4);
    await panel.getByRole("button", { name: "Schließen" }).click();
    await panel.waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Verarbeitung öffnen/ }).click();
    await panel.getByText("Live", { exact: true }).waitFor();
    await sendCallback(running, { progress: 20 });
    await panel.getByText("20 %").waitFor();
    await panel.getByRole("button", { name: "Einstellungen" }).click();
    await expect.poll(() => held.length).toBeGreaterThan(0);

    isHeld = false;
    await Promise.all(held.map((route) => route.continue()));
    await panel.getByRole("heading", { name: "Einstellungen" }).waitFor();
    await page.keyboard.press("Escape");
    await panel.getByRole("button", { name: "läuft.m4a" }).click();
    await panel.getByRole("log").waitFor();
    const ofClerk = scriptsOfClerk();
    expect(ofClerk.length).toBeGreaterThan(1);
    expect(
      asked.filter((path) => ofClerk.includes(path)),
      "loaded where nobody signs in by Clerk",
    ).toEqual([]);
  });

  it("is filtered by one status or several, searched, and goes back by the browser's own way", async () => {
    const opened = await openPanel(server.url);
    const { page, panel, button } = opened;
    await panel.getByRole("button", { name: "Läuft: 1" }).click();
    await page.waitForURL("**/?status=running%2Cpending-storage");
    await button("kaputt.pdf").waitFor({ state: "detached" });
    await panel.getByRole("button", { name: "Fehler: 1" }).click();
    await button("kaputt.pdf").waitFor();
    await expect.poll(() => titlesOf(opened)).toEqual(["läuft.m4a", "kaputt.pdf"]);
    await page.goBack();
    await button("kaputt.pdf").waitFor({ state: "detached" });
    await panel.getByRole("button", { name: /^Alle/ }).click();
    await page.keyboard.press("/");
    await expect.poll(() => nameOfFocused(page)).toBe("Jobs suchen");
    await page.keyboard.type("beschädigt");
    await panel.getByText("Kein Job passt dazu").or(button("kaputt.pdf")).waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("zwölf");
    await panel.getByRole("button", { name: "Alle zeigen" }).click();
    await button("läuft.m4a").waitFor();
    expect(await opened.isSameDocument()).toBe(true);
  });

  it("is searched by keys alone: down to what was found, and Escape ends the search with its filter", async () => {
    const opened = await openPanel(`${server.url}/?q=kaputt`);
    const { page, panel, button } = opened;
    await panel.getByRole("searchbox").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => nameOfFocused(page)).toBe("kaputt.pdf");
    await page.keyboard.press("/");
    await page.keyboard.press("Tab");
    await expect.poll(() => nameOfFocused(page)).toBe("Suche leeren");
    await page.keyboard.press("Escape");
    await button("läuft.m4a").waitFor();
    expect(await panel.getByRole("searchbox").count()).toBe(0);
    expect(page.url()).toBe(`${server.url}/`);
    expect(await opened.isSameDocument()).toBe(true);
  });

  it("brings the last filter into view by the wheel of a mouse", async () => {
    const { page, panel } = await openPanel(server.url);
    await panel.getByRole("button", { name: /^Alle/ }).hover();
    await page.mouse.wheel(0, 300);
    const end = panel.getByRole("group", { name: "Nach Status filtern" }).locator("div");
    await expect.poll(() => end.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  });

  it("moves jobs into a filter and out of it, and the numbers with them, while nobody is in the list", async () => {
    const opened = await openPanel(`${server.url}/?status=completed`);
    const { panel, button } = opened;
    const job = await registerJob(server.url, { title: "kommt dazu.pdf" });
    await panel.getByRole("button", { name: "Wartet: 2" }).waitFor();
    await sendCallback(job, { progress: 1 });
    await panel.getByRole("button", { name: "Läuft: 2" }).waitFor();
    await expect.poll(() => button("kommt dazu.pdf").count()).toBe(0);
    await sendCallback(job, { phase: "completed", data: {} });
    await button("kommt dazu.pdf").waitFor();
    await panel.getByRole("button", { name: "Fertig: 2" }).waitFor();
    await fetch(`${server.url}/api/external/jobs/${job.jobId}`, { method: "DELETE" });
    await button("kommt dazu.pdf").waitFor({ state: "detached" });
    await panel.getByRole("button", { name: "Fertig: 1" }).waitFor();
  });

  it("is closed and opened by hand and by key, and a reload leaves it as it was, from the first HTML on", async () => {
    const { page, panel } = await openPanel(server.url);
    await panel.getByRole("button", { name: "Schließen" }).click();
    await panel.waitFor({ state: "detached" });
    const handle = page.getByRole("button", { name: "Verarbeitung öffnen, 1 Job läuft" });
    await expect.poll(() => nameOfFocused(page)).toBe("Verarbeitung öffnen, 1 Job läuft");
    const html = await (await page.reload())?.text();
    expect(html).not.toContain('role="dialog"');
    await handle.waitFor();
    await expect.poll(() => handle.getAttribute("data-state"), PATIENCE).toBe("closed");
    await expect
      .poll(async () => {
        if ((await panel.count()) === 0) await page.keyboard.press("Alt+KeyJ");
        return panel.count();
      }, PATIENCE)
      .toBe(1);
    expect(await panel.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    expect(await (await page.reload())?.text()).toContain('role="dialog"');
    const byLink = await fetch(`${server.url}/?panel=open`, { headers: { Cookie: "jobmon-panel=closed" } });
    expect(await byLink.text()).toContain('role="dialog"');
  });

  it("leaves the page usable where there is room, and is all there is for the keyboard where there is none", async () => {
    const { page, panel, button } = await openPanel(server.url);
    await expect.poll(() => page.locator("[inert]").count()).toBe(0);
    await page.setViewportSize({ width: 360, height: 700 });
    await expect.poll(() => panel.getAttribute("aria-modal"), PATIENCE).toBe("true");
    expect(await page.locator("main").evaluate((main) => main.closest("[inert]") !== null)).toBe(true);
    const inside = new Set<boolean>();
    await panel.focus();
    for (let tab = 0; tab < 14; tab++) {
      await page.keyboard.press("Tab");
      inside.add(await panel.evaluate((element) => element.contains(document.activeElement)));
    }
    expect([...inside]).toEqual([true]);

    const focused = (): Promise<string> => nameOfFocused(page);
    for (let tab = 0; tab < 14 && (await focused()) !== "läuft.m4a"; tab++) await page.keyboard.press("Tab");
    await page.keyboard.press("End");
    await expect.poll(focused).toBe("kaputt.pdf");
    await page.keyboard.press("Enter");
    await panel.getByRole("log").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => button("kaputt.pdf").getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("?");
    await panel.getByRole("heading", { name: "Tastatur" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(focused).toBe("kaputt.pdf");
    await page.keyboard.press("/");
    await expect.poll(focused).toBe("Jobs suchen");
    await page.keyboard.press("Escape");
    await panel.getByRole("searchbox").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await expect.poll(() => nameOfFocused(page)).toContain("Verarbeitung öffnen");
  });

  it("is set by its settings: language and look at once and for the next time, single keys off", async () => {
    const { page, panel } = await openPanel(server.url);
    await page.keyboard.press("?");
    await panel.getByRole("heading", { name: "Tastatur" }).waitFor();
    await page.keyboard.press("Escape");
    await panel.getByRole("button", { name: "Einstellungen" }).click();
    await panel.getByText("Dunkel", { exact: true }).click();
    await panel.getByRole("checkbox").uncheck();
    await panel.getByText("English", { exact: true }).click();
    await panel.getByRole("heading", { name: "Settings" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect.poll(() => panel.getByRole("heading", { name: "Keyboard" }).count()).toBe(0);
    const html = await (await page.reload())?.text();
    expect(html).toMatch(/<html lang="en" data-theme="dark"/);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("dark");
  });

  it("says how to report a job by commands that work as they stand", async () => {
    const { page, row } = await openPanel(server.url);
    const commands = await page.locator("main pre").allTextContents();
    expect(commands).toHaveLength(3);
    await run("sh", ["-ec", commands.join("\n")]);
    await row("Mein erster Job").getByText("Abgeschlossen · 91 Seiten gelesen").waitFor();
  });

  it("tells of a link to a job that is not there", async () => {
    const { panel } = await openPanel(`${server.url}/?job=nobody`);
    await panel.getByText(/verlinkten Job gibt es nicht mehr/).waitFor();
    await panel.getByRole("button", { name: "Hinweis schließen" }).click();
    await expect.poll(() => panel.page().url(), PATIENCE).not.toContain("job=");
  });

  it("shows hostile titles as text, in one line each, in tab, list and file names, and breaks nothing", async () => {
    const hostile = [
      [`<img src=x onerror=alert(1)>`, `<img src=x onerror=alert(1)>`],
      ["\u202Egpj.exe", "gpj.exe"],
      ["a".repeat(2_000), `${"a".repeat(299)}…`],
      ["👩‍👩‍👧‍👦".repeat(30), undefined],
      ["\u001B[31mrot\u001B[0m", "[31mrot[0m"],
      ['zwei\nZeilen/../"a" & <b>.pdf', 'zwei Zeilen/../"a" & <b>.pdf'],
    ] as const;
    const jobs = [];
    for (const [title] of hostile) jobs.push(await registerJob(server.url, { title }));
    const { page, panel } = await openPanel(`${server.url}/?status=queued`, {
      viewport: { width: 360, height: 760 },
    });
    const rows = panel.getByRole("listitem");
    await expect.poll(() => rows.count(), PATIENCE).toBe(7);
    const heights = await rows.evaluateAll((all) =>
      all.map((row) => row.querySelector("[class*=group]")?.clientHeight),
    );
    expect(heights).toEqual([56, 56, 56, 56, 56, 56, 56]);
    await expect.poll(() => panel.locator("img").count()).toBe(0);
    const text = (await panel.textContent()) ?? "";
    expect(["\u202E", "\u001B"].filter((unsafe) => text.includes(unsafe))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

    for (const [n, [, shown]] of hostile.entries()) {
      await page.goto(`${server.url}/jobs/${jobs[n]?.jobId}`);
      const heading = page.getByRole("heading", { level: 1 });
      await page.getByRole("log").waitFor();
      if (shown === undefined) continue;
      expect(await heading.textContent()).toBe(shown);
      expect(await page.title()).toBe(`${shown} · jobmon`);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Protokoll herunterladen" }).click(),
      ]);
      const name = download.suggestedFilename();
      expect(
        ["/", "\\", "<", ">", '"', "\u202E", "\u001B"].filter((unsafe) => name.includes(unsafe)),
      ).toEqual([]);
    }
  });

  it("notifies of an end once, over all tabs in the background, as was last set in any of them, by title and icon too, and opens the job", async () => {
    const { page, panel } = await openPanel(server.url);
    await page.context().grantPermissions(["notifications"], { origin: server.url });
    const tabs = [page, await page.context().newPage()];
    for (const tab of tabs) {
      await tab.addInitScript(recordNotifications);
      await tab.goto(server.url);
      await tab.getByText("Live", { exact: true }).waitFor();
    }
    const settings = panel.getByRole("heading", { name: "Einstellungen" });
    const choose = async (which: string): Promise<void> => {
      await panel.getByRole("button", { name: "Einstellungen" }).click();
      await panel.getByText(which, { exact: true }).click();
    };
    await choose("Nur bei Fehlern");
    const told = async (): Promise<string[]> =>
      (
        await Promise.all(tabs.map((tab) => tab.evaluate(() => Reflect.get(window, "notified") as string[])))
      ).flat();
    const end = async (title: string): Promise<void> => {
      const job = await registerJob(server.url, { title });
      await sendCallback(job, { phase: "completed", message: "Gut", data: {} });
    };
    for (const tab of tabs) await setHidden(tab, true);
    await end("gut.pdf");
    for (const tab of tabs) {
      await expect.poll(() => tab.title(), PATIENCE).toBe("(1) Verarbeitung · jobmon");
      await expect.poll(() => tab.locator("link[rel=icon]").getAttribute("href")).toContain("done");
    }
    await sendCallback(running, { phase: "error", error: { code: "E2", message: "Ton fehlt" } });
    await expect.poll(told, PATIENCE).toEqual(["läuft.m4a | Fehlgeschlagen · Ton fehlt"]);
    for (const tab of tabs) {
      await expect.poll(() => tab.title(), PATIENCE).toBe("(2) Verarbeitung · jobmon");
      await expect.poll(() => tab.locator("link[rel=icon]").getAttribute("href")).toContain("failed");
    }
    const notifier = (await tabs[0]?.evaluate(() => (Reflect.get(window, "notified") as string[]).length))
      ? 0
      : 1;
    await tabs[notifier]?.evaluate(() =>
      (Reflect.get(window, "lastNotification") as Notification).dispatchEvent(new Event("click")),
    );
    await tabs[notifier]?.waitForURL(`**/?job=${running.jobId}`);
    await tabs[notifier]?.getByRole("heading", { name: "Einstellungen" }).waitFor({ state: "detached" });
    for (const tab of tabs) await setHidden(tab, false);
    await expect.poll(() => page.title(), PATIENCE).toBe("Verarbeitung · jobmon");
    if (await settings.isVisible()) await page.keyboard.press("Escape");
    await settings.waitFor({ state: "detached" });
    await choose("Wenn ein Job endet");
    for (const tab of tabs) await setHidden(tab, true);
    await end("auch gut.pdf");
    await expect
      .poll(async () => (await told()).toSorted(), PATIENCE)
      .toEqual(["auch gut.pdf | Abgeschlossen · Gut", "läuft.m4a | Fehlgeschlagen · Ton fehlt"]);
  });
});

describe("five hundred jobs", () => {
  let server: RunningServer;
  let first: Awaited<ReturnType<typeof registerJob>>;
  let newest: Awaited<ReturnType<typeof registerJob>>;
  beforeAll(async () => {
    server = await startServer();
    first = await registerJob(server.url, { title: "Job 0" });
    for (let n = 1; n < 499; n += 20) {
      const some = Array.from({ length: Math.min(20, 499 - n) }, (_, at) => n + at);
      await Promise.all(some.map((at) => registerJob(server.url, { title: `Job ${at}` })));
    }
    newest = await registerJob(server.url, { title: "Job 499" });
  });
  afterAll(() => server.stop());

  it("are loaded to the last, each once, walked from end to end by keyboard, and only those in view are drawn", async () => {
    const { page, panel } = await openPanel(server.url);
    const older = panel.getByRole("button", { name: "Ältere laden" });
    for (let shown = 20; shown < 500; shown = Math.min(500, shown + 50)) {
      await panel.getByText(`${shown} von 500`).waitFor();
      await older.click();
    }
    await panel.getByText("500 Jobs").waitFor();
    const rows = panel.getByRole("listitem");
    await expect.poll(() => rows.count()).toBeLessThan(60);
    await expect.poll(() => rows.first().getAttribute("aria-setsize")).toBe("500");
    await rows.first().getByRole("button").focus();
    await page.keyboard.press("End");
    await expect.poll(() => nameOfFocused(page)).toBe("Job 0");
    const last = rows.filter({ has: page.getByRole("heading", { name: "Job 0", exact: true }) });
    await expect.poll(() => last.getAttribute("aria-posinset")).toBe("500");
    // Those in view alone while the list flew by, now also those beyond the edge.
    await expect.poll(() => rows.count()).toBeGreaterThan(15);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => nameOfFocused(page)).toBe("Job 0");
    const place = () => panel.locator("li:focus-within").getAttribute("aria-posinset");
    await page.keyboard.press("PageUp");
    await expect.poll(place).toBe("490");
    await page.keyboard.press("Home");
    await expect.poll(place).toBe("1");
    await page.keyboard.press("PageDown");
    await expect.poll(place).toBe("11");
    const placed = await rows.evaluateAll((all) =>
      all.map((row) => [row.getAttribute("aria-posinset"), row.getAttribute("aria-setsize")]),
    );
    const firstPlace = Number(placed[0]?.[0]);
    expect(placed).toEqual(placed.map((_, at) => [String(firstPlace + at), "500"]));

    await openByAddress(page, first.jobId);
    await last.getByRole("log").waitFor();
    await expect.poll(() => isInView(last)).toBe(true);
    await openByAddress(page, newest.jobId);
    const top = panel.getByRole("listitem").filter({ hasText: "Job 499" });
    await top.getByRole("log").waitFor();
    await expect.poll(() => isInView(top)).toBe(true);
    await expect.poll(() => last.count()).toBe(0);
  });

  it("show the job that is opened from elsewhere on top of a filter that hides it, wherever the list is", async () => {
    const { page, panel, row } = await openPanel(`${server.url}/?q=Job%201`);
    const older = panel.getByRole("button", { name: "Ältere laden" });
    for (const shown of [20, 70]) {
      await panel.getByText(`${shown} von 111`).waitFor();
      await older.click();
    }
    await panel.getByText("111 Jobs").waitFor();
    await panel.getByRole("listitem").first().getByRole("button").focus();
    await page.keyboard.press("End");
    await expect.poll(() => nameOfFocused(page)).toBe("Job 1");
    await openByAddress(page, newest.jobId);
    await panel.getByRole("heading", { name: "Geöffnet" }).waitFor();
    await row("Job 499").getByRole("log").waitFor();
    await expect.poll(() => isInView(row("Job 499"))).toBe(true);
  });

  it("opens by a link a job the first page does not reach, at the top, and keeps it live", async () => {
    const html = await (await fetch(`${server.url}/?job=${first.jobId}`)).text();
    expect(html).toContain("Geöffnet");
    const { panel, row } = await openPanel(`${server.url}/?job=${first.jobId}`);
    await panel.getByRole("heading", { name: "Geöffnet" }).waitFor();
    await row("Job 0").getByRole("log").waitFor();
    await sendCallback(first, { progress: 33 });
    await row("Job 0").getByText("33 %", { exact: true }).waitFor();
  });

  it("are filtered also by whoever has scrolled down, and shown from the top", async () => {
    await sendCallback(first, { progress: 50 });
    const { panel, button } = await openPanel(server.url);
    const list = panel.locator("[data-scroller]");
    await list.evaluate((element) => element.scrollTo({ top: 600 }));
    await panel.getByRole("button", { name: "Läuft: 1" }).click();
    await expect.poll(() => panel.getByRole("listitem").count()).toBe(1);
    await button("Job 0").waitFor();
    await panel.getByRole("button", { name: /^Wartet/ }).click();
    await expect.poll(() => panel.getByRole("listitem").count()).toBe(20);
    expect(await list.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  });
});

describe("jobs of the past weeks", () => {
  it("are gone back to by a day, and loaded no further than that", async () => {
    const [now, hour] = [Date.now(), 3_600_000];
    await using server = await startServer();
    await server.kill();
    const ended = Array.from({ length: 100 }, (_, n) => ({ title: `Job ${n}`, endedAt: now - n * 6 * hour }));
    await storeEndedJobs(server.dataDir, ended);
    await server.restart();
    const { page, panel, row } = await openPanel(server.url, { now });
    await panel.getByRole("button", { name: "Zu einem Tag springen" }).waitFor();
    const day = panel.locator("input[type=date]");
    await day.fill(await page.evaluate((at) => new Date(at).toLocaleDateString("sv"), now - 168 * hour));
    // It is noon: what ended more than six and a half days ago was a week ago.
    await expect.poll(() => nameOfFocused(page)).toBe("Job 27");
    await panel.getByText("70 von 100").waitFor();
    const below = await row("Job 27").evaluate((element) => {
      const list = element.closest("[data-scroller]");
      return element.getBoundingClientRect().top - (list?.getBoundingClientRect().top ?? 0);
    });
    expect(Math.abs(below), "its day is at the top").toBeLessThan(2);
    await day.fill("2020-01-01");
    await expect.poll(() => nameOfFocused(page)).toBe("Job 99");
  });
});

describe("without its server", () => {
  it("filters what it knows, says how old it is, to a screen reader too, and is right again when the server is back", async () => {
    await using server = await startServer();
    const failed = await registerJob(server.url, { title: "kaputt.pdf" });
    await sendCallback(failed, { phase: "error", error: { code: "E1", message: "x" } });
    const job = await registerJob(server.url, { title: "läuft.pdf" });
    await sendCallback(job, { progress: 5 });
    const opened = await openPanel(server.url);
    const { panel, button } = opened;
    await server.kill("SIGKILL");
    await panel.getByRole("button", { name: "Jetzt verbinden" }).waitFor();
    await panel.getByText(/Stand von \d\d:\d\d/).waitFor();
    await panel.getByRole("button", { name: "Fehler: 1" }).click();
    await button("läuft.pdf").waitFor({ state: "detached" });
    await button("kaputt.pdf").waitFor();
    const voice = opened.page.getByRole("status");
    await voice.getByText("Getrennt, wird neu verbunden", { exact: true }).waitFor();
    await server.restart();
    await sendCallback(job, { phase: "error", error: { code: "E1", message: "x" } });
    await panel.getByRole("button", { name: "Fehler: 2" }).waitFor();
    await button("läuft.pdf").waitFor();
    await voice.getByText(/^Wieder live/).waitFor();
    expect(await opened.isSameDocument()).toBe(true);
  });
});

function titlesOf({ panel }: OpenPanel): Promise<(string | null)[]> {
  const buttons = panel.getByRole("heading", { level: 4 }).getByRole("button");
  return buttons.evaluateAll((all) => all.map((button) => button.getAttribute("aria-label")));
}

/** The names of the filters that are on. */
function pressed({ panel }: OpenPanel): Promise<(string | null)[]> {
  return panel
    .locator("[aria-pressed=true]")
    .evaluateAll((all) => all.map((button) => button.getAttribute("aria-label")));
}

/** Opens a job as a notification does, or the way back to an address that names it. */
async function openByAddress(page: Page, jobId: string): Promise<void> {
  await page.evaluate((job) => {
    const address = new URL(location.href);
    address.searchParams.set("job", job);
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  }, jobId);
}

/** Whether a row's head and the beginning of its inside are seen. */
function isInView(row: Locator): Promise<boolean> {
  return row.evaluate((item) => {
    const list = item.closest("[data-scroller]")?.getBoundingClientRect();
    const head = item.querySelector("h4 button")?.getBoundingClientRect();
    return !!list && !!head && head.top >= list.top && head.bottom + 100 <= list.bottom;
  });
}

/** What of the build has code of Clerk's in it. */
function scriptsOfClerk(): string[] {
  return readdirSync(join(CLIENT, "assets"))
    .filter((name) => name.endsWith(".js"))
    .filter((name) => /__clerk|@clerk\//.test(readFileSync(join(CLIENT, "assets", name), "utf8")))
    .map((name) => `/assets/${name}`);
}

/** The browser's own notifications, with a note of each that is shown. */
function recordNotifications(): void {
  const notified: string[] = [];
  const Shown = window.Notification;
  Object.assign(window, {
    notified,
    Notification: class extends Shown {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        notified.push(`${title} | ${options?.body ?? ""}`);
        Object.assign(window, { lastNotification: this });
      }
    },
  });
}

/** What the page is told when another tab comes to its front, or it to the front of another. */
async function setHidden(tab: Page, isHidden: boolean): Promise<void> {
  await tab.evaluate(
    (value) => {
      Object.defineProperty(document, "visibilityState", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    },
    isHidden ? "hidden" : "visible",
  );
}
