import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { panelTexts } from "#app/locales/panel.ts";
import { words } from "#app/locales/words.ts";
import hostile from "../fixtures/callbacks/hostile-text.json" with { type: "json" };
import { registerJob, sendCallback } from "./support/jobs.ts";
import { usePanels } from "./support/panels.ts";
import { type JobmonProcess, spawnJobmon } from "./support/spawn-jobmon.ts";
import { startServer, type RunningServer } from "./support/start-server.ts";

const { openPanel, newPage } = usePanels();
const TITLE = "Bericht.pdf";

test("a job goes from „Wartet“ to „Abgeschlossen“ in panel and terminal, without a reload", async () => {
  await using server = await startServer();
  const { row, panel, isSameDocument } = await openPanel(server.url);
  await panel.getByText("Noch keine Jobs").waitFor();
  const tail = startTail(server);

  const job = await registerJob(server.url, { title: TITLE });
  await row(TITLE).getByText("Wartet", { exact: true }).waitFor();
  await tail.waitFor(/\tqueued\t/);
  await expect.poll(() => row(TITLE).getByRole("progressbar").count()).toBe(0);

  for (const [progress, message] of [
    [12, "Seite 1 von 8"],
    [50, "Seite 4 von 8"],
    [99.9, "Seite 8 von 8"],
  ] as const) {
    await sendCallback(job, { phase: "processing", progress, message });
    await row(TITLE).getByText(`Läuft · ${message}`).waitFor();
    const shown = Math.floor(progress);
    await row(TITLE).getByText(`${shown} %`).waitFor();
    await expect
      .poll(() => row(TITLE).getByRole("progressbar").getAttribute("aria-valuenow"))
      .toBe(String(shown));
    await tail.waitFor(new RegExp(`\trunning\t.*\t${message}\n`));
  }

  await sendCallback(job, { phase: "completed", message: "8 Seiten", data: { extracted_text: "Text" } });
  await row(TITLE).getByText("Abgeschlossen · 8 Seiten").waitFor();
  await expect.poll(() => row(TITLE).getByRole("progressbar").count()).toBe(0);
  await tail.waitFor(/\tcompleted\t.*\n/);
  expect(await isSameDocument()).toBe(true);
  await tail.kill();
  expect(linesOf(tail)).toEqual([
    `queued\t-\t${job.jobId}\t${TITLE}\t`,
    `running\t12\t${job.jobId}\t${TITLE}\tSeite 1 von 8`,
    `running\t50\t${job.jobId}\t${TITLE}\tSeite 4 von 8`,
    `running\t99\t${job.jobId}\t${TITLE}\tSeite 8 von 8`,
    `completed\t100\t${job.jobId}\t${TITLE}\t8 Seiten`,
  ]);
});

test("an opened row shows its log while it is written, then the result", async () => {
  await using server = await startServer();
  const job = await registerJob(server.url, { title: TITLE });
  await sendCallback(job, { phase: "processing", message: "Seite 1" });
  const { button, row, isSameDocument } = await openPanel(server.url);
  await button(TITLE).click();
  const lines = row(TITLE).getByRole("log").locator("time + span");
  await lines.getByText("Seite 1", { exact: true }).waitFor();
  for (const page of [2, 3, 4]) {
    await sendCallback(job, { phase: "processing", message: `Seite ${page}` });
    await lines.getByText(`Seite ${page}`, { exact: true }).waitFor();
  }
  await sendCallback(job, {
    phase: "completed",
    message: "Fertig",
    data: { extracted_text: "Der ganze Text" },
  });
  await lines.getByText("Fertig", { exact: true }).waitFor();
  await expect
    .poll(() => lines.allTextContents())
    .toEqual(["Seite 1", "Seite 2", "Seite 3", "Seite 4", "Fertig"]);
  await row(TITLE).getByRole("button", { name: "Text ansehen" }).click();
  await row(TITLE).getByText("Der ganze Text").waitFor();
  expect(await isSameDocument()).toBe(true);
});

test("a kill -9 of the server between two callbacks: panel, opened row and terminal resume by themselves", async () => {
  await using server = await startServer();
  const job = await registerJob(server.url, { title: TITLE });
  const { panel, button, row, isSameDocument } = await openPanel(server.url);
  const tail = startTail(server);
  await tail.waitFor(/\tqueued\t/);
  await button(TITLE).click();
  await sendCallback(job, { progress: 10, message: "Seite 1" });
  await row(TITLE).getByRole("log").getByText("Seite 1").waitFor();
  await tail.waitFor(/\tSeite 1\n/);

  await server.kill("SIGKILL");
  await panel.getByText("Getrennt", { exact: true }).waitFor();
  await panel.getByText(/^Getrennt\. Stand von \d\d:\d\d,$/).waitFor();
  await tail.waitFor(/-- getrennt/, "stderr");
  expect(await row(TITLE).textContent()).toContain("Läuft");

  await server.restart();
  await sendCallback(job, { progress: 20, message: "Seite 2" });
  await sendCallback(job, { phase: "completed", message: "Fertig", data: {} });
  await row(TITLE).getByText("Abgeschlossen · Fertig").waitFor();
  await panel.getByText("Live", { exact: true }).waitFor();
  await row(TITLE).getByRole("log").getByText("Fertig").waitFor();
  const lines = await row(TITLE).getByRole("log").locator("time + span").allTextContents();
  expect(lines).toEqual(["Seite 1", "Seite 2", "Fertig"]);
  expect(await isSameDocument()).toBe(true);

  await tail.waitFor(/\tcompleted\t.*\n/);
  await tail.waitFor(/-- wieder verbunden, .+ nachgeholt --/, "stderr");
  await tail.kill();
  const changes = linesOf(tail);
  expect(new Set(changes).size).toBe(changes.length);
  expect(changes[0]).toMatch(/^queued\t/);
  expect(changes.at(-1)).toBe(`completed\t100\t${job.jobId}\t${TITLE}\tFertig`);
});

test("what a worker writes is text everywhere: no element, no script, no escape code comes of it", async () => {
  await using server = await startServer();
  const first = await registerJob(server.url, { title: hostile.title });
  const markup = `<img src="x" onerror="alert(1)"><script>alert(2)</script>`;
  const job = await registerJob(server.url, { title: `${markup}.pdf` });
  await sendCallback(job, { message: `\u001B[31m${markup}` });
  const { page, panel, row } = await openPanel(server.url);
  const tail = startTail(server);
  await tail.waitFor(/\trunning\t.*\n/);

  for (const { body } of hostile.callbacks) await sendCallback(first, body);
  await sendCallback(job, {
    phase: "completed",
    message: `\u001B]0;owned\u0007${markup}`,
    data: { extracted_text: `\u001B[2J${markup}`, evil_url: "javascript:alert(3)" },
  });
  await row(`${markup}.pdf`).getByText("Abgeschlossen").waitFor();
  await panel.getByText("<img src=x onerror=alert(1)>").waitFor();
  for (const at of [0, 1]) {
    await panel.getByRole("heading", { level: 4 }).nth(at).getByRole("button").click();
    await panel.getByRole("log").locator("time + span").last().waitFor();
    if (at === 0) await panel.getByRole("button", { name: "Text ansehen" }).click();
    const text = (await panel.textContent()) ?? "";
    expect(text).toContain(at === 0 ? markup : "<script>alert(1)</script>");
    expect(text).not.toMatch(CONTROL);
    await expect.poll(() => panel.locator("img, script, b, a[href^='javascript']").count()).toBe(0);
  }
  expect(await page.title()).toBe("Verarbeitung · jobmon");

  await tail.waitFor(/\tcompleted\t.*\n/);
  await tail.waitFor(/\tfailed\t.*\n/);
  await tail.kill();
  expect(tail.stdout()).not.toMatch(CONTROL);
  expect(tail.stdout()).toContain(markup);
});

test("each visitor sees the panel in the language and the colours of their own browser", async () => {
  await using server = await startServer();
  const job = await registerJob(server.url, { title: TITLE });
  const german = await openPanel(server.url);
  const english = await openPanel(server.url, { locale: "en-US", colorScheme: "dark" });
  await sendCallback(job, { progress: 42, message: "Seite 3" });

  for (const [{ page, panel, row }, locale] of [
    [german, "de"],
    [english, "en"],
  ] as const) {
    await row(TITLE).getByText(`${words[locale].status.running} · Seite 3`).waitFor();
    await panel.getByRole("heading", { name: panelTexts[locale].title }).waitFor();
    await panel.getByRole("button", { name: panelTexts[locale].close }).waitFor();
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe(locale);
  }
  await expect.poll(() => colourOf(german.panel)).toBe("rgb(255, 255, 255)");
  await expect.poll(() => colourOf(english.panel)).toBe("rgb(19, 19, 22)");
  await english.page.emulateMedia({ colorScheme: "light" });
  await expect.poll(() => colourOf(english.panel)).toBe("rgb(255, 255, 255)");
});

test("the first page is there without any script", async () => {
  await using server = await startServer();
  const job = await registerJob(server.url, { title: TITLE });
  await sendCallback(job, { progress: 42, message: "Seite 3" });
  const page = await newPage({ locale: "de-DE", javaScriptEnabled: false });
  await page.goto(server.url);
  expect(await page.getByRole("dialog").textContent()).toContain("Läuft · Seite 3");
});

/** Control characters but tab and line feed, and the overrides of the direction of text. */
const CONTROL = /(?![\t\n])[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

/** `jobmon tail` without a terminal: one tab-separated line per change. */
function startTail(server: RunningServer): JobmonProcess {
  return spawnJobmon(["tail", "--url", server.url], { cwd: server.dataDir });
}

/** What a tail has printed, without the times. */
function linesOf(tail: JobmonProcess): string[] {
  return tail
    .stdout()
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z\t/, ""));
}

function colourOf(panel: Locator): Promise<string> {
  return panel.evaluate((element) => getComputedStyle(element).backgroundColor);
}
