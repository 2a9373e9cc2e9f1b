import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibleTree, expectAccessible, nameOfFocused } from "./support/accessible.ts";
import { areAlike } from "./support/compare-pictures.ts";
import { differenceFrom, expectPicture } from "./support/expect-picture.ts";
import { aNewMillisecond, COMPLETED, FAILED, OPENED, reportJobSet } from "./support/job-set.ts";
import { postJson, registerJob, sendCallback } from "./support/jobs.ts";
import { type OpenPanel, usePanels, type Visitor } from "./support/panels.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const { openPanel, newPage } = usePanels();
const schemes = ["light", "dark"] as const;
/** What may happen to a picture, and whether it still shows the same. */
const CHANGES = [
  ["in another font", "* { font-family: serif !important }", true],
  ["in the font of this machine", "* { font-family: sans-serif !important }", true],
  ["without the list", "[data-scroller] { visibility: hidden }", false],
  ["without one row", "li:nth-child(3) { visibility: hidden }", false],
  ["with a row less", "li:nth-child(3) { display: none }", false],
  ["without bars", "[role=progressbar] { visibility: hidden }", false],
  ["without icons", "svg { visibility: hidden }", false],
] as const;
/** As wide as the panel itself, so that a picture shows nothing else. */
const NARROW = { width: 420, height: 640 };

describe("the panel with a job in every state", () => {
  let server: RunningServer;
  let now: number;

  beforeAll(async () => {
    server = await startServer();
    ({ now } = await reportJobSet(server.url));
  });
  afterAll(() => server.stop());

  const open = (visitor: Visitor = {}): Promise<OpenPanel> => openPanel(server.url, { now, ...visitor });

  it.each(["de-DE", "en-US"])("is read by a screen reader as it was recorded (%s)", async (locale) => {
    const { panel } = await open({ locale });
    await expect(await accessibleTree(panel)).toMatchFileSnapshot(`__snapshots__/list.${locale}.txt`);
  });

  it.each(schemes)("looks as it was recorded (%s)", async (colorScheme) => {
    const opened = await open({ colorScheme, viewport: NARROW });
    const blank = await newPage();
    await expectPicture(`list-${colorScheme}.png`, opened.page, blank);
  });

  it("is compared with its picture so that it counts: not another font, but whatever is missing", async () => {
    const blank = await newPage();
    for (const colorScheme of schemes) {
      const { page } = await open({ colorScheme, viewport: NARROW });
      for (const [change, rules, isAlike] of CHANGES) {
        // The page's policy refuses a style element that comes from nowhere.
        await page.evaluate((text) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(text);
          document.adoptedStyleSheets.push(sheet);
        }, rules);
        const difference = await differenceFrom(`list-${colorScheme}.png`, page, blank);
        await page.evaluate(() => void document.adoptedStyleSheets.pop());
        expect({ change, ...difference, isAlike: areAlike(difference) }).toMatchObject({ isAlike });
      }
    }
  });

  it.each(schemes)("has no accessibility faults, closed, opened or narrow (%s)", async (colorScheme) => {
    const opened = await open({ colorScheme });
    await expectAccessible(opened.page);
    for (const title of [OPENED, FAILED, COMPLETED]) {
      await openRow(opened, title);
      await expectAccessible(opened.page);
    }
    await opened.page.setViewportSize({ width: 320, height: 640 });
    await expectAccessible(opened.page);
  });

  it("brings what an opened row begins with into view, and leaves a row where it is that has the room", async () => {
    const opened = await open({ viewport: { width: 1280, height: 520 } });
    const { button, row } = opened;
    const before = await button(OPENED).boundingBox();
    await openRow(opened, OPENED);
    await afterFrames(opened.page, 3);
    expect(await button(OPENED).boundingBox()).toEqual(before);
    await button(OPENED).click();
    await opened.panel.getByRole("log").waitFor({ state: "detached" });
    expect(await button(OPENED).boundingBox()).toEqual(before);
    await button(FAILED).scrollIntoViewIfNeeded();
    await openRow(opened, FAILED);
    const hidden = () =>
      row(FAILED).evaluate((item) => {
        const { top, height } = item.getBoundingClientRect();
        const list = item.closest("[data-scroller]")?.getBoundingClientRect();
        return Math.round(top + Math.min(height, 320) - (list?.bottom ?? 0));
      });
    await expect.poll(hidden).toBeLessThanOrEqual(0);
  });

  it("is walked by keyboard: Tab to the list, arrows in it, Enter opens, Escape closes the row, then the panel", async () => {
    const { page, panel, button } = await open();
    const focused = (): Promise<string> => nameOfFocused(page);
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    const stops: string[] = [];
    for (let tab = 0; tab < 20 && stops.at(-1) !== OPENED; tab++) {
      await press("Tab");
      stops.push(await focused());
    }
    const chips = ["Alle: 8", "Läuft: 3", "Wartet: 1", "Fertig: 2", "Fehler: 1", "Abgebrochen: 1"];
    expect(stops.slice(-10)).toEqual(["Suchen", "Einstellungen", "Schließen", ...chips, OPENED]);
    await press("ArrowDown");
    await expect.poll(() => focused()).toBe("interview-mayer.m4a");
    await press("End");
    await expect.poll(() => focused()).toBe("Einladung.docx");
    await press("Home");
    await press("Enter");
    await panel.getByRole("log").waitFor();
    await expect.poll(() => button(OPENED).getAttribute("aria-expanded")).toBe("true");
    await press("Tab");
    await expect.poll(() => focused()).toBe("Stufe");
    await press("Escape");
    await expect.poll(() => button(OPENED).getAttribute("aria-expanded")).toBe("false");
    await expect.poll(() => focused()).toBe(OPENED);
    await press("Space");
    await panel.getByRole("log").waitFor();
    await press("Escape");
    await press("Escape");
    await panel.waitFor({ state: "detached" });
    await expect.poll(() => focused()).toBe("Verarbeitung öffnen, 3 Jobs laufen");
    await press("Enter");
    await panel.waitFor();
    expect(await panel.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  });
});

describe("the panel without its list", () => {
  const secret = "what-the-proxy-and-jobmon-know";
  const signIn = { JOBMON_AUTH: "proxy", TRUSTED_PROXIES: "127.0.0.1", JOBMON_PROXY_SECRET: secret };
  const as = (email: string) => ({ "X-Jobmon-Proxy-Secret": secret, "X-Forwarded-Email": email });

  it("says why, and goes on by its one button: signed out, without access, without its storage", async () => {
    await using server = await startServer({ env: signIn });
    const anna = as("anna@example.org");
    await postJson(`${server.url}/api/external/jobs`, { title: "eins.pdf" }, anna);
    const page = await newPage({ locale: "de-DE", reducedMotion: "reduce" });
    const panel = page.getByRole("dialog");
    const shows = async (title: string): Promise<void> => {
      await panel.getByRole("heading", { name: title }).waitFor();
      await expectAccessible(page);
    };
    const answer = await page.goto(server.url);
    expect(answer?.status()).toBe(401);
    await shows("Nicht angemeldet");

    await page.setExtraHTTPHeaders(as("no address"));
    await panel.getByRole("button", { name: "Neu anmelden" }).click();
    await shows("Kein Zugriff");

    await page.setExtraHTTPHeaders(anna);
    await panel.getByRole("button", { name: "Nochmal versuchen" }).click();
    await shows("eins.pdf");
    await panel.getByText("Live", { exact: true }).waitFor();

    using database = new DatabaseSync(join(server.dataDir, "jobmon.db"));
    database.exec("PRAGMA legacy_alter_table = ON; ALTER TABLE jobs RENAME TO elsewhere");
    expect((await page.reload())?.status()).toBe(503);
    await shows("Die Jobs können gerade nicht gelesen werden");
    database.exec("ALTER TABLE elsewhere RENAME TO jobs");
    await panel.getByRole("button", { name: "Nochmal versuchen" }).click();
    await shows("eins.pdf");
    await panel.getByText("Live", { exact: true }).waitFor();
  });
});

describe("the panel while its server is away", () => {
  it.each(schemes)(
    "says so without accessibility faults, and is back by itself (%s)",
    async (colorScheme) => {
      await using server = await startServer();
      const job = await registerJob(server.url);
      await sendCallback(job, { progress: 42, message: "Seite 3" });
      const opened = await openPanel(server.url, { colorScheme });
      await server.kill("SIGKILL");
      await opened.panel.getByText("Getrennt", { exact: true }).waitFor();
      await opened.panel.getByRole("button", { name: "Jetzt verbinden" }).waitFor();
      await opened.panel.getByText(/Stand von \d\d:\d\d/).waitFor();
      await opened.panel.focus();
      await opened.page.keyboard.press("Tab");
      await expect.poll(() => nameOfFocused(opened.page)).toBe("Getrennt");
      await opened.panel.getByText(/^Stand \d\d:\d\d\. Was seither geschah/).waitFor();
      await expectAccessible(opened.page);
      await server.restart();
      await opened.panel.getByText("Live", { exact: true }).waitFor();
      await expect.poll(() => opened.panel.getByRole("button", { name: "Jetzt verbinden" }).count()).toBe(0);
      expect(await opened.isSameDocument()).toBe(true);
    },
  );
});

describe("the panel while jobs move", () => {
  it("keeps the focus on a row, whatever happens to it and around it", async () => {
    await using server = await startServer();
    const job = await registerJob(server.url, { title: "eins.pdf" });
    const other = await registerJob(server.url, { title: "zwei.pdf" });
    const { page, panel, row, button } = await openPanel(server.url);
    await button("eins.pdf").focus();
    await sendCallback(job, { progress: 10 });
    await row("eins.pdf").getByText("10 %", { exact: true }).waitFor();
    await sendCallback(other, { phase: "completed", data: {} });
    await row("zwei.pdf").getByText("Abgeschlossen", { exact: true }).waitFor();
    const before = await row("eins.pdf").boundingBox();
    await registerJob(server.url, { title: "drei.pdf" });
    await sendCallback(job, { phase: "completed", data: {} });
    await row("eins.pdf").getByText("Abgeschlossen", { exact: true }).waitFor();
    const held = panel.getByRole("button", { name: "1 neuer" });
    await held.waitFor();
    await expect.poll(() => nameOfFocused(page)).toBe("eins.pdf");
    await expect.poll(() => row("eins.pdf").boundingBox()).toMatchObject({ y: before?.y });
    await expect.poll(() => titlesOf(panel)).toEqual(["zwei.pdf", "eins.pdf"]);
    await held.click();
    await button("drei.pdf").waitFor();
    await expect.poll(() => titlesOf(panel)).toEqual(["drei.pdf", "eins.pdf", "zwei.pdf"]);
    await expect.poll(() => nameOfFocused(page)).toBe("drei.pdf");
  });

  it("tells a screen reader what has ended, once", async () => {
    await using server = await startServer();
    const job = await registerJob(server.url, { title: "eins.pdf" });
    const { page } = await openPanel(server.url);
    await sendCallback(job, { phase: "completed", data: {} });
    await page
      .getByRole("status")
      .getByText(/eins\.pdf/)
      .waitFor();
    await expect.poll(() => page.getByRole("status").count()).toBe(1);
  });

  it("interrupts a screen reader for the failure of the job that is followed, in its row and on its page", async () => {
    await using server = await startServer();
    const [first, second] = [
      await registerJob(server.url, { title: "eins.pdf" }),
      await registerJob(server.url, { title: "zwei.pdf" }),
    ];
    for (const job of [first, second]) await sendCallback(job, { progress: 10 });
    const opened = await openPanel(server.url);
    const { page, panel } = opened;
    const urgent = page.locator("[aria-live=assertive]");
    const error = { code: "E1", message: "Datei ist leer" };
    await openRow(opened, "eins.pdf");
    await sendCallback(first, { phase: "error", error });
    await urgent.getByText("eins.pdf: Fehlgeschlagen", { exact: true }).waitFor();

    await page.goto(`${server.url}/jobs/${second.jobId}`);
    await page.getByRole("button", { name: "Verarbeitung öffnen, 1 Job läuft" }).waitFor();
    await sendCallback(second, { phase: "error", error });
    await urgent.getByText("zwei.pdf: Fehlgeschlagen", { exact: true }).waitFor();
    expect(await panel.count()).toBe(0);
  });

  it("is empty at first and says how to begin; the first job takes that place", async () => {
    await using server = await startServer();
    const { page, panel, button } = await openPanel(server.url);
    await panel.getByText(`curl ${server.url}/api/external/jobs`).waitFor();
    await expectAccessible(page);
    await registerJob(server.url, { title: "eins.pdf" });
    await button("eins.pdf").waitFor();
    await expect.poll(() => panel.getByText("curl").count()).toBe(0);
  });
});

describe("„Ältere laden“", () => {
  it("brings the rest of 25 jobs, each once, also where one of them moves meanwhile", async () => {
    await using server = await startServer();
    const [oldest] = await registerJobs(server.url, 25);
    const { panel, isSameDocument } = await openPanel(server.url);
    await panel.getByText("20 von 25").waitFor();
    await expect.poll(() => titlesOf(panel)).toEqual(titles(25, 6));
    if (oldest !== undefined) await sendCallback(oldest, { progress: 7 });
    await panel.getByText("21 von 25").waitFor();
    await panel.getByRole("button", { name: "Läuft: 1" }).waitFor();
    await panel.getByRole("button", { name: "Ältere laden" }).click();
    await panel.getByText("25 Jobs").waitFor();
    await expect.poll(() => titlesOf(panel)).toEqual(titles(25, 1));
    await expect.poll(() => panel.getByRole("button", { name: "Ältere laden" }).count()).toBe(0);
    expect(await isSameDocument()).toBe(true);
  });

  it("goes on to the last of 80 jobs", async () => {
    await using server = await startServer();
    await registerJobs(server.url, 80);
    const { panel } = await openPanel(server.url);
    const older = panel.getByRole("button", { name: "Ältere laden" });
    await panel.getByText("20 von 80").waitFor();
    await older.click();
    await panel.getByText("70 von 80").waitFor();
    await older.click();
    await panel.getByText("80 Jobs").waitFor();
    await expect.poll(() => titlesOf(panel)).toEqual(titles(80, 1));
  });
});

/** Resolves when so many frames have been drawn: whatever was to move has moved. */
function afterFrames(page: Page, count: number): Promise<void> {
  return page.evaluate(async (frames) => {
    for (let frame = 0; frame < frames; frame++)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);
}

/** Opens a row and waits for its inside. */
async function openRow({ button, panel }: OpenPanel, title: string): Promise<void> {
  await button(title).click();
  await panel
    .getByRole("region", { name: `Einzelheiten zu ${title}` })
    .getByRole("log")
    .waitFor();
}

/** The titles from first to last. Only rows in view exist, so the list is scrolled through. */
function titlesOf(panel: OpenPanel["panel"]): Promise<string[]> {
  return panel.locator("[data-scroller]").evaluate(async (scroller) => {
    const seen = new Map<number, string>();
    const frames = (): Promise<unknown> =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (let top = 0; top === 0 || top < scroller.scrollHeight; top += scroller.clientHeight / 2) {
      scroller.scrollTop = top;
      await frames();
      for (const row of scroller.querySelectorAll("li")) {
        const title = row.querySelector("h4 button")?.getAttribute("aria-label") ?? "";
        seen.set(Number(row.getAttribute("aria-posinset")), title);
      }
    }
    scroller.scrollTop = 0;
    await frames();
    return [...seen].sort(([a], [b]) => a - b).map(([, title]) => title);
  });
}

/** „Job 1.pdf“ first, so that it is the oldest. */
async function registerJobs(url: string, count: number) {
  const jobs = [];
  for (let n = 1; n <= count; n++) {
    jobs.push(await registerJob(url, { title: `Job ${n}.pdf` }));
    await aNewMillisecond();
  }
  return jobs;
}

function titles(newest: number, oldest: number): string[] {
  return Array.from({ length: newest - oldest + 1 }, (_, at) => `Job ${newest - at}.pdf`);
}
