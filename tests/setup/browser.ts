import { type Browser, chromium } from "playwright-core";
import { findBrowser } from "../../scripts/find-browser.mjs";

/** Starts the Chrome or Chromium that `npm test` found or brought; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  if (!executablePath) {
    throw new Error("No Chrome or Chromium found: `npm test` brings one, CHROMIUM_PATH names one.");
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
