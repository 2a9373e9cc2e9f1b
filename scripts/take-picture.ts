import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { playScript } from "../cli/demo/demo-jobs.ts";
import { registerJob } from "../cli/demo/report-job.ts";
import type { Script } from "../cli/demo/script.ts";
import { demoScripts } from "../cli/demo/scripts.ts";
import { startServer } from "../tests/e2e/support/start-server.ts";
import { launchBrowser } from "../tests/setup/browser.ts";

/**
 * Takes the pictures in README and docs, `docs/panel*.png`: `node scripts/take-picture.ts`, after a build; it takes half a
 * minute. The panel shows dialogues of the demo, played over HTTP at their own pace, some as far as half their way.
 */
const PICTURES = [
  { name: "panel.png", locale: "de-DE", colorScheme: "light" },
  { name: "panel-dark.png", locale: "de-DE", colorScheme: "dark" },
  { name: "panel-en.png", locale: "en-GB", colorScheme: "light" },
  { name: "panel-en-dark.png", locale: "en-GB", colorScheme: "dark" },
] as const;
const OPENED = "Jahresbericht 2025 – Gesamtausgabe mit Anlagen.pdf";

await using server = await startServer();
await Promise.all([
  play("Satzungsentwurf Fassung 4.docx"),
  play("Pressemitteilung aus Protokoll"),
  setTimeout(4_000).then(() => play("mitschnitt-leer.wav")),
  setTimeout(3_000).then(() => play("Adressen abgleichen", 0)),
  setTimeout(6_000).then(() => play("Sitzung_2026-11-20.mp4", 2)),
  setTimeout(8_000).then(() => play("interview-mayer.m4a", 4)),
  setTimeout(10_000).then(() => play(OPENED, 7)),
]);

const browser = await launchBrowser();
for (const { name, ...visitor } of PICTURES) {
  const path = fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
  const size = { viewport: { width: 420, height: 720 }, deviceScaleFactor: 1.75 };
  const page = await browser.newPage({ ...visitor, ...size });
  await page.goto(`${server.url}/?panel=open`);
  await page.getByRole("button", { name: OPENED }).click();
  await page.getByRole("log").getByText("Seite 55").waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path, animations: "disabled" });
  await page.close();
  console.log(`Taken: ${path}`);
}
await browser.close();

/** Registers the job of a dialogue and reports it, all of it or its first callbacks. */
async function play(title: string, callbacks?: number): Promise<void> {
  const script = demoScripts.find((known) => known.title === title);
  if (script === undefined) throw new Error(`no dialogue ${title}`);
  const begun: Script = { ...script, callbacks: script.callbacks.slice(0, callbacks) };
  const { request, work } = playScript(begun);
  await work(await registerJob(server.url, request), (milliseconds) => setTimeout(milliseconds));
}
