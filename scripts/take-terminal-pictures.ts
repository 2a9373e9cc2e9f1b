import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { registerJob, sendCallback } from "../tests/e2e/support/jobs.ts";
import { onTerminal } from "../tests/e2e/support/on-terminal.ts";
import { startServer } from "../tests/e2e/support/start-server.ts";
import { launchBrowser } from "../tests/setup/browser.ts";
import { themes, toPage } from "./terminal-picture/page.ts";
import { screenOf } from "./terminal-picture/screen.ts";

/**
 * Takes the pictures of docs/cli.md, `docs/terminal-light.png` and `-dark.png`: `node scripts/take-terminal-pictures.ts`,
 * after a build. A real `jobmon tail` on a real terminal of 100 columns, its bytes drawn by a browser.
 */
await using server = await startServer();
const register = (title: string, fields = {}) => registerJob(server.url, { title, ...fields });

const note = await register("Lieferschein 4711.pdf");
const scan = await register("scan_0042.pdf");
const report = await register("Jahresbericht 2025 – Gesamtausgabe mit Anlagen.pdf");
const interview = await register("interview-mayer.m4a");
const minutes = await register("Protokoll Gemeinderat.pdf", { stallAfterSeconds: 2 });
const draft = await register("Satzungsentwurf Fassung 4.docx");
await register("Sitzung_2026-11-20.mp4");
for (const job of [note, scan, minutes]) await sendCallback(job, { progress: 5 });
await sleep(2_500);
await sendCallback(note, { phase: "completed", data: {} });
await sendCallback(scan, {
  phase: "error",
  error: { code: "FileDataError", message: "Datei ist beschädigt" },
});
await sendCallback(report, { progress: 42, message: "Seite 38/91 verarbeitet" });
await sendCallback(interview, { phase: "transcribe", message: "Transkription von Segment 3" });
await sendCallback(draft, { progress: 86, message: "Seite 12/14 verarbeitet" });

const tail = onTerminal(["tail", "-n", "7", "--url", server.url], { cwd: server.dataDir });
await tail.waitFor(/86 %/);
await sleep(1_000);
const lines = screenOf(tail.shown().trimEnd());
tail.type("\u0003");
await tail.exited;

const browser = await launchBrowser();
for (const [name, theme] of Object.entries(themes)) {
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  await page.setContent(toPage([...screenOf("$ jobmon tail"), ...lines], theme));
  const path = fileURLToPath(new URL(`../docs/terminal-${name}.png`, import.meta.url));
  await page.locator("pre").screenshot({ path });
  console.log(`Taken: ${path}`);
}
await browser.close();
