// @ts-check
import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The Chrome or Chromium of this machine: `CHROMIUM_PATH`, else what is installed, else Playwright's own download.
 * Only one that starts is returned (a distribution's placeholder or a download that lacks libraries is not).
 * @returns {Promise<string | undefined>} its path
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return (await starts(named)) ? named : undefined;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const { chromium } = await import("playwright-core");
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...applications,
    chromium.executablePath(),
  ];
  for (const path of candidates) {
    if (isExecutable(path) && (await starts(path))) return path;
  }
  return undefined;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} path @returns {Promise<boolean>} */
function starts(path) {
  return new Promise((resolve) => {
    execFile(path, ["--version"], { timeout: 20_000 }, (error) => resolve(error === null));
  });
}
