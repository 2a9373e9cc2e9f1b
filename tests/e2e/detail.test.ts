import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Download, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibleTree, expectAccessible, nameOfFocused } from "./support/accessible.ts";
import { COMPLETED, FAILED, OPENED, reportJobSet } from "./support/job-set.ts";
import { readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { type OpenPanel, usePanels } from "./support/panels.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";
import { KEY, says, type StandIn, startSecretary } from "./stand-in/start-secretary.ts";

const { openPanel, newPage } = usePanels();
let server: RunningServer;
let secretary: StandIn;

beforeAll(async () => {
  secretary = await startSecretary();
  const asking = { SECRETARY_URL: secretary.url, SECRETARY_API_KEY: KEY, SECRETARY_CHECK_AFTER_SECONDS: "1" };
  server = await startServer({ env: { ...asking, ARTIFACT_WAIT_SECONDS: "1" } });
});
afterAll(async () => {
  await server.stop();
  await secretary.stop();
});

describe("somebody who wants to know why a job failed", () => {
  it("opens it, reads what happened and what to do, and takes the error along", async () => {
    const job = await registerJob(server.url, { title: "scan_0042.pdf" });
    await sendCallback(job, { phase: "processing", progress: 10, message: "Verarbeite Datei" });
    const details = { traceback: "Traceback:\n  File worker.py, line 12" };
    await sendCallback(job, {
      phase: "error",
      error: { code: "FileDataError", message: "Datei ist beschädigt", details },
    });
    const { row, panel, page } = await opened("scan_0042.pdf");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await panel.getByText("Ursache beheben und den Job neu einreichen").waitFor();
    await expect.poll(() => panel.getByText("line 12").isVisible()).toBe(false);
    await panel.getByText("Technische Einzelheiten").click();
    await expect.poll(() => panel.getByText("line 12").isVisible()).toBe(true);
    await row.getByRole("button", { name: "Fehler kopieren", exact: true }).click();
    await row.getByRole("button", { name: "Kopiert", exact: true }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("scan_0042.pdf\nFileDataError: Datei ist beschädigt");
    expect(copied).toContain(`${job.jobId}`);
    expect(copied).toContain("line 12");
  });
});

describe("the log of 300 lines", () => {
  const title = "langes Protokoll.pdf";
  let job: Awaited<ReturnType<typeof registerJob>>;

  beforeAll(async () => {
    job = await registerJob(server.url, { title });
    const logs = Array.from({ length: 300 }, (_, n) => ({
      level: n === 120 ? "error" : n % 50 === 7 ? "warn" : "info",
      message: `Zeile ${n} von Anfang an`,
      ...(n === 299 ? { details: { path: "/srv/in.pdf" } } : {}),
    }));
    await sendCallback(job, { logs });
  });

  it("is at its end, brings older lines when scrolled up to the first one, and stays where it is read", async () => {
    const { log } = await opened(title);
    await expect.poll(() => distanceFromEnd(log)).toBeLessThan(2);
    await expect.poll(() => line(log, 249).count()).toBe(0);
    for (const first of [250, 150, 50]) {
      const seen = line(log, first);
      await log.evaluate((element) => (element.scrollTop = 0));
      await line(log, Math.max(0, first - 100)).waitFor({ state: "attached" });
      await expect.poll(() => isInView(log, seen)).toBe(true);
    }
    await log.evaluate((element) => (element.scrollTop = 0));
    await expect.poll(() => log.getByRole("button", { name: "Ältere Zeilen laden" }).count()).toBe(0);
    await expect.poll(() => isInView(log, line(log, 0))).toBe(true);
  });

  it("stops following when scrolled up or selected; „neue Zeilen“ returns", async () => {
    const { log, panel } = await opened(title);
    await log.hover();
    await panel.page().mouse.wheel(0, -60);
    await expect.poll(() => distanceFromEnd(log)).toBeGreaterThan(20);
    await sendCallback(job, { logs: ["neu eins", "neu zwei"] });
    await panel.getByRole("button", { name: "2 neue Zeilen" }).click();
    await expect.poll(() => distanceFromEnd(log)).toBeLessThan(2);
    await expect.poll(() => isInView(log, log.getByText("neu zwei"))).toBe(true);
    await log.getByText("neu zwei").selectText();
    await sendCallback(job, { logs: ["neu drei"] });
    await panel.getByRole("button", { name: "1 neue Zeile" }).click();
    await expect.poll(() => isInView(log, log.getByText("neu drei"))).toBe(true);
    await sendCallback(job, { logs: ["neu vier"] });
    await log.getByText("neu vier").waitFor();
    await expect.poll(() => distanceFromEnd(log)).toBeLessThan(2);
    // So fast nobody can listen.
    await expect
      .poll(async () => {
        for (const n of [1, 2]) await sendCallback(job, { logs: [`noch ${n}`] });
        return log.getAttribute("aria-live");
      })
      .toBe("off");
  });

  it("is searched and filtered over every line that is kept; Escape closes the search, not the row", async () => {
    const { log, panel, page, button } = await opened(title);
    await panel.getByRole("button", { name: "Im Protokoll suchen" }).click();
    await expect.poll(() => nameOfFocused(page)).toBe("Im Protokoll suchen");
    await page.keyboard.type("zeile 12 von");
    await panel.getByText("1 Treffer", { exact: true }).waitFor();
    await expect.poll(() => log.locator("mark").allTextContents()).toEqual(["Zeile 12 von"]);
    await page.keyboard.press("Escape");
    await panel.getByRole("searchbox").waitFor({ state: "detached" });
    await expect.poll(() => button(title).getAttribute("aria-expanded")).toBe("true");
    await panel.getByRole("combobox", { name: "Stufe" }).selectOption("Nur Fehler");
    await expect.poll(() => log.locator("time").count()).toBe(1);
    expect(await log.textContent()).toContain("Fehler: Zeile 120");
    await panel.getByRole("combobox", { name: "Stufe" }).selectOption("Ab Warnung");
    await expect.poll(() => log.locator("time").count()).toBe(7);
  });

  it("is copied as it is shown and downloaded as a whole, with what is folded", async () => {
    const { log, panel, page } = await opened(title);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await log.getByRole("button", { name: "Einzelheiten der Zeile" }).click();
    await log.getByText('"path": "/srv/in.pdf"').waitFor();
    await panel.getByRole("button", { name: "Zeilen umbrechen" }).click();
    await panel.getByRole("button", { name: "Protokoll kopieren" }).click();
    await panel.getByRole("button", { name: "Kopiert" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("Zeile 299");
    expect(copied).not.toContain("Zeile 12 ");
    const { name, text } = await downloaded(page, () =>
      panel.getByRole("button", { name: "Protokoll herunterladen" }).click(),
    );
    expect(name).toBe("langes Protokoll.pdf Protokoll.txt");
    expect(text).toMatch(/^\S+Z INFO  Zeile 0 von Anfang an\n/);
    expect(text).toContain('Z INFO  Zeile 299 von Anfang an {"path":"/srv/in.pdf"}\n');
  });
});

describe("the callbacks of a job", () => {
  it("tell what came and why it was not applied, each as a curl that says it again", async () => {
    const job = await registerJob(server.url, { title: "Rückmeldungen.pdf" });
    await sendCallback(job, { phase: "processing", progress: 42, message: "Seite '38' von \"91\"", seq: 1 });
    const { row, page, log } = await opened("Rückmeldungen.pdf");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await row.getByRole("button", { name: "Rückmeldungen", exact: true }).click();
    const callbacks = row.getByRole("region", { name: "Rückmeldungen" });
    await callbacks.getByText("processing · 42 % · Seite '38' von \"91\"").waitFor();
    await callbacks.getByRole("button", { name: "Als curl kopieren" }).first().click();
    await callbacks.getByRole("button", { name: "Kopiert" }).waitFor();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    const changed = curl.replace('"progress":42', '"progress":57').replace('"seq":1', '"seq":2');
    const env = { ...process.env, CALLBACK_TOKEN: job.callback_token };
    const { stdout } = await promisify(execFile)("bash", ["-c", changed], { env });
    expect(JSON.parse(stdout)).toMatchObject({ applied: true });
    await callbacks.getByText("processing · 57 %").waitFor();
    await expect.poll(() => log.getByText("Seite '38' von \"91\"").count()).toBe(2);
    await sendCallback(job, { phase: "completed", data: {} });
    await sendCallback(job, { progress: 99 });
    await callbacks.getByText("nicht übernommen: kam nach dem Ende").waitFor();
  });
});

describe("copying", () => {
  it("works where the page may not use the clipboard, and says so plainly where nothing works", async () => {
    const job = await registerJob(server.url, { title: "kopieren.pdf" });
    await sendCallback(job, { phase: "completed", message: "12 Seiten gelesen", data: {} });
    const { panel, page } = await opened("kopieren.pdf");
    await page.context().grantPermissions(["clipboard-read"]);
    await page.evaluate(() =>
      Reflect.set(navigator.clipboard, "writeText", () => Promise.reject(new Error())),
    );
    await panel.getByRole("button", { name: "Protokoll kopieren" }).click();
    await panel.getByRole("button", { name: "Kopiert" }).waitFor();
    await panel.getByText("Kopiert", { exact: true }).waitFor({ state: "attached" });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("12 Seiten gelesen");
    await page.evaluate(() => Reflect.set(document, "execCommand", () => false));
    await panel.getByRole("button", { name: "Protokoll kopieren" }).click();
    await panel.getByRole("button", { name: "Kopieren nicht erlaubt" }).waitFor();
  });
});

describe("a job that is not wanted any more", () => {
  it("is asked to stop, and canceled when its worker says so", async () => {
    const job = await registerJob(server.url, { title: "abbrechen.pdf" });
    await sendCallback(job, { progress: 5 });
    const { row } = await opened("abbrechen.pdf");
    await row.getByRole("button", { name: "Abbrechen", exact: true }).click();
    await row.getByText("Abbruch angefragt").waitFor();
    expect(await sendCallback(job, { progress: 6 })).toMatchObject({ cancelRequested: true });
    await sendCallback(job, { status: "canceled" });
    await row.getByText("Abgebrochen").waitFor();
    await expect.poll(() => row.getByRole("button", { name: "Abbrechen", exact: true }).count()).toBe(0);
  });

  it("says in its place when nobody answers, and can be asked again", async () => {
    await using other = await startServer();
    const job = await registerJob(other.url, { title: "Netz.pdf" });
    await sendCallback(job, { progress: 5 });
    const { row } = await opened("Netz.pdf", other);
    await other.kill("SIGKILL");
    await row.getByRole("button", { name: "Abbrechen", exact: true }).click();
    await row.getByRole("alert").getByText("jobmon antwortet nicht. Nichts wurde geändert.").waitFor();
    await other.restart();
    await row.getByRole("button", { name: "Abbrechen", exact: true }).click();
    await row.getByText("Abbruch angefragt").waitFor();
    await expect.poll(() => row.getByRole("alert").count()).toBe(0);
  });

  it("is removed when it has ended, and back when that is undone", async () => {
    const { jobId } = await ended("entfernen.pdf");
    await ended("bleibt.pdf");
    const { row, panel, page } = await opened("entfernen.pdf");
    // However long the steps take, the time to undo is over when the test says so.
    await page.clock.pauseAt(Date.now() + 60_000);
    await row.getByRole("button", { name: "Entfernen", exact: true }).click();
    const undo = panel.getByRole("button", { name: "Rückgängig" });
    await undo.waitFor();
    await expect.poll(() => nameOfFocused(page)).toBe("Rückgängig");
    await expect.poll(() => panel.getByRole("log").count()).toBe(0);
    await page.keyboard.press("Enter");
    await row.waitFor();
    await expect.poll(() => nameOfFocused(page)).toBe("entfernen.pdf");
    await page.clock.runFor(20_000);
    expect((await readJob(server.url, jobId)).status).toBe("completed");
    await row.getByRole("button", { name: "Entfernen", exact: true }).click();
    await undo.waitFor();
    expect(page.url()).toContain(jobId);
    await page.clock.runFor(20_000);
    await expect.poll(() => statusOf(jobId)).toBe(404);
    await expect
      .poll(async () => {
        await page.clock.runFor(1_000);
        return row.count();
      })
      .toBe(0);
    await expect.poll(() => page.url()).not.toContain(jobId);
    await expect.poll(() => panel.locator("li [data-row]:focus").count()).toBe(1);
    expect(await panel.getByRole("alert").count()).toBe(0);
  });

  it("is removed although the tab is closed before the time to undo it is over", async () => {
    const { jobId } = await ended("zu.pdf");
    const { row, panel, page } = await opened("zu.pdf");
    // However long it takes, the time to undo it is not over.
    await page.clock.pauseAt(Date.now() + 60_000);
    await row.getByRole("button", { name: "Entfernen", exact: true }).click();
    await panel.getByRole("button", { name: "Rückgängig" }).waitFor();
    expect(await statusOf(jobId)).toBe(200);
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => statusOf(jobId)).toBe(404);
  });
});

describe("what only the Secretary knows", () => {
  it("stands in the row in words: how it is with a silent job, and why another has failed", async () => {
    const [alive, failing] = [
      await secretary.process(says.running(42)),
      await secretary.process(says.failed("EOF marker not found")),
    ];
    const silent = await registerJob(server.url, { title: "stiller Auftrag.pdf", processId: alive });
    await sendCallback(silent, { phase: "processing", progress: 5 });
    await registerJob(server.url, { title: "kaputt.pdf", processId: failing });
    const { row } = await opened("stiller Auftrag.pdf");
    await row
      .getByText(/^Seit \d+ s still, bei der Secretary nachgefragt: läuft noch \(42 %\)$/)
      .first()
      .waitFor();
    const other = await opened("kaputt.pdf");
    const said = other.row.getByText("Die Secretary meldet: EOF marker not found").first();
    await said.waitFor();
    expect(await said.isVisible()).toBe(true);
  });

  it("and a file that is missing comes when it is fetched again, and is downloaded", async () => {
    const raw = "/api/files/raw";
    await secretary.script({
      [raw]: [{ status: 500 }, { file: Buffer.from('{"seite":1}').toString("base64") }],
    });
    const job = await registerJob(server.url, { title: "mit Anlage.pdf" });
    await sendCallback(job, { phase: "completed", data: { extracted_text: "Text", raw_url: raw } });
    const { panel, page } = await openPanel(server.url);
    await panel.getByRole("button", { name: /mit Anlage\.pdf/ }).click();
    const files = panel.getByRole("region", { name: "Dateien der Secretary" });
    await files.getByText("fehlt: nicht zu bekommen (HTTP 500)").waitFor();
    await files.getByRole("button", { name: "Erneut holen" }).click();
    const came = await downloaded(page, () => panel.getByRole("link", { name: /raw\.json/ }).click());
    expect(came).toEqual({ name: "raw.json", text: '{"seite":1}' });
    await files.waitFor({ state: "detached" });
  });
});

describe("a job on its own address", () => {
  it("is found from its row, is live, and shows what it left behind when it ends", async () => {
    const job = await registerJob(server.url, { title: "Sitzung.m4a", kind: "audio", correlation: "Akte 7" });
    await sendCallback(job, { phase: "initializing", message: "Datei angenommen" });
    const { row, page } = await opened("Sitzung.m4a");
    await row.getByRole("link", { name: "Auf eigener Seite öffnen" }).click();
    await page.waitForURL(`${server.url}/jobs/${job.jobId}`);
    await page.getByRole("heading", { level: 1, name: "Sitzung.m4a" }).waitFor();
    expect(await page.title()).toBe("Sitzung.m4a · jobmon");
    await page.getByText("Akte 7").waitFor();
    await sendCallback(job, { phase: "transcribing", progress: 40, message: "Segment 3" });
    await page.getByRole("log").getByText("Segment 3").waitFor();
    await page.getByRole("list", { name: "Schritte" }).getByText("Transkribieren").waitFor();
    await page.getByText("40 %").waitFor();
    await sendCallback(job, { phase: "completed", data: { transcription: { text: "Guten Morgen." } } });
    await page.getByRole("button", { name: "Text ansehen" }).click();
    await page.getByText("Guten Morgen.").waitFor();
    await expectAccessible(page);
    const { name, text } = await downloaded(page, () =>
      page.getByRole("button", { name: "Text herunterladen" }).click(),
    );
    expect([name, text]).toEqual(["Sitzung.m4a Text.txt", "Guten Morgen."]);
    await page.getByRole("button", { name: "Entfernen" }).click();
    await page.getByRole("button", { name: "Rückgängig" }).click();
    await page.getByRole("heading", { level: 1, name: "Sitzung.m4a" }).waitFor();
  });

  it("is read in English, fits 320 px, and has no accessibility faults in the dark", async () => {
    const job = await registerJob(server.url, { title: `${"sehr-langer-name-".repeat(12)}.pdf` });
    await sendCallback(job, { phase: "initializing", progress: 3, message: "x".repeat(400) });
    const page = await newPage({
      locale: "en-GB",
      colorScheme: "dark",
      viewport: { width: 320, height: 640 },
    });
    await page.goto(`${server.url}/jobs/${job.jobId}`);
    await page.getByRole("button", { name: "Cancel" }).waitFor();
    await page.getByRole("button", { name: "Callbacks" }).click();
    await page.getByText("initializing · 3%").waitFor();
    await page.getByRole("button", { name: "Wrap lines" }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    for (let top = 0; top <= 240; top += 20) {
      await page.evaluate((y) => scrollTo(0, y), top);
      expect(await page.evaluate(coveredByHandle), `scrolled by ${top} px`).toEqual([]);
    }
    await expectAccessible(page);
  });

  it("that does not exist is a page that says so", async () => {
    const page = await newPage({ locale: "de-DE" });
    const answer = await page.goto(`${server.url}/jobs/none`);
    expect(answer?.status()).toBe(404);
    await page.getByRole("heading", { name: "Diesen Job gibt es nicht" }).waitFor();
    expect(await page.title()).toBe("Diesen Job gibt es nicht");
    await page.getByRole("link", { name: "Zur Übersicht" }).waitFor();
  });
});

describe("an opened row", () => {
  it("is read as it was recorded: running, failed, completed", async () => {
    await using states = await startServer();
    const { now } = await reportJobSet(states.url);
    const { row, button } = await openPanel(states.url, { now });
    for (const [name, title] of [
      ["running", OPENED],
      ["failed", FAILED],
      ["completed", COMPLETED],
    ] as const) {
      await button(title).click();
      await row(title).getByRole("log").waitFor();
      const tree = await accessibleTree(row(title));
      await expect(tree).toMatchFileSnapshot(`__snapshots__/opened-${name}.txt`);
    }
  });
});

type OpenedRow = Omit<OpenPanel, "row"> & { row: Locator; log: Locator };

/** A panel with the row of this title opened, its inside loaded and live. */
async function opened(title: string, { url } = server): Promise<OpenedRow> {
  const { row, ...panel } = await openPanel(url);
  await panel.button(title).click();
  const log = row(title).getByRole("log");
  await log.waitFor();
  return { ...panel, row: row(title), log };
}

async function ended(title: string) {
  const job = await registerJob(server.url, { title });
  await sendCallback(job, { phase: "completed", data: {} });
  return job;
}

function line(log: Locator, n: number): Locator {
  return log.getByText(`Zeile ${n} von Anfang an`, { exact: true });
}

function distanceFromEnd(log: Locator): Promise<number> {
  return log.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
}

async function isInView(log: Locator, inside: Locator): Promise<boolean> {
  const [box, part] = [await log.boundingBox(), await inside.boundingBox()];
  return (
    box !== null && part !== null && part.y >= box.y - 30 && part.y + part.height <= box.y + box.height + 1
  );
}

async function downloaded(page: Page, act: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download]: [Download, void] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

async function statusOf(jobId: string): Promise<number> {
  return (await fetch(`${server.url}/api/external/jobs/${jobId}`)).status;
}

/** What of a job's page begins in view and ends below the handle of the panel. */
function coveredByHandle(): string[] {
  const handle = document.querySelector("[aria-keyshortcuts='Alt+J']")?.getBoundingClientRect();
  if (handle === undefined) return ["there is no handle"];
  return [...document.querySelectorAll("main *")]
    .filter((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [from, to] = [Math.max(top, handle.top), Math.min(bottom, handle.bottom)];
      if (from >= to || right <= handle.left) return false;
      return element.contains(document.elementFromPoint(left + 1, (from + to) / 2));
    })
    .map(({ outerHTML }) => outerHTML.slice(0, 120));
}
