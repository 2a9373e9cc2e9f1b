// @ts-check
import { existsSync } from "node:fs";
import { findBrowser } from "../find-browser.mjs";
import { PATH_OF_PROJECT, SetupError, capture, step } from "./step.mjs";

/**
 * A browser for the tests: an installed one, else Playwright's own download, else Debian's package where we are root.
 * @returns {Promise<string>} its path
 */
export async function ensureBrowser() {
  const named = process.env.CHROMIUM_PATH;
  const found = await findBrowser();
  if (found) return found;
  if (named)
    throw new SetupError(`CHROMIUM_PATH names ${named}, which does not start: correct it or unset it.`);
  const downloaded = await step("Browser for the tests, by Playwright", download).then(
    findBrowser,
    () => undefined,
  );
  if (downloaded) return downloaded;
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    const installed = await step("Browser for the tests, by apt-get", installPackage).then(
      findBrowser,
      () => undefined,
    );
    if (installed) return installed;
  }
  throw new SetupError(
    "The tests need Chrome or Chromium, and none could be downloaded: install one (on Debian `apt-get install chromium`), or name one in CHROMIUM_PATH, then run the command again.",
  );
}

async function download() {
  await done("playwright-core", ["install", "--no-shell", "chromium"]);
}

async function installPackage() {
  await done("apt-get", ["update"]);
  await done("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
}

/** @param {string} command @param {string[]} args */
async function done(command, args) {
  const env = { PATH: PATH_OF_PROJECT, DEBIAN_FRONTEND: "noninteractive" };
  const { ok, output } = await capture(command, args, { env, timeout: 600_000 });
  if (!ok) throw new SetupError(output);
}
