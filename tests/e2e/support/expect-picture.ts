import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { areAlike, comparePictures, type Difference } from "./compare-pictures.ts";

const FOLDER = join(import.meta.dirname, "../pictures");

/** The page as it stands: no caret, no motion. PNG. */
export function takePicture(page: Page): Promise<Buffer> {
  return page.screenshot({ animations: "disabled" });
}

/** How the page differs from `tests/e2e/pictures/<name>`; `blank` is a page to compare in. */
export async function differenceFrom(name: string, page: Page, blank: Page): Promise<Difference> {
  return comparePictures(blank, await readFile(join(FOLDER, name)), await takePicture(page));
}

/**
 * The page looks like `tests/e2e/pictures/<name>`; if not, the failure says where the new picture lies. With
 * JOBMON_PICTURES set the picture is taken anew instead: look at it before it is committed.
 */
export async function expectPicture(name: string, page: Page, blank: Page): Promise<void> {
  if (process.env.JOBMON_PICTURES) await writeFile(join(FOLDER, name), await takePicture(page));
  const difference = await differenceFrom(name, page, blank);
  if (areAlike(difference)) return;
  const path = join(tmpdir(), `jobmon-${name}`);
  await writeFile(path, await takePicture(page));
  expect.fail(`${name} looks different now (${JSON.stringify(difference)}): ${path}`);
}
