import { type Browser, chromium } from "playwright-core";
import { findBrowser } from "../../scripts/find-browser.mjs";

/** For whatever a browser is to do, on a busy machine too. */
const PATIENCE_MS = 120_000;

/** Starts the Chrome or Chromium that `npm test` found or brought; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  if (!executablePath) {
    throw new Error("No Chrome or Chromium found: `npm test` brings one, CHROMIUM_PATH names one.");
  }
  const browser = await chromium.launch({
    executablePath,
    timeout: PATIENCE_MS,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  browser.on("context", (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
}
