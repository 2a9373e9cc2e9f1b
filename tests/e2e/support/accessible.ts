import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** The page has no fault that the rules of axe call serious or critical, contrast included. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run(document)");
  const faults = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
    }));
  expect(faults).toEqual([]);
}

/**
 * What a screen reader meets, as text, without what differs from run to run: ids, durations, times of day. At the end
 * what Playwright's tree leaves out: the value of each bar in words.
 */
export async function accessibleTree(element: Locator): Promise<string> {
  const tree = (await element.ariaSnapshot())
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>")
    .replaceAll(/\d\d:\d\d:\d\d/g, "hh:mm:ss")
    .replaceAll(/\b\d:\d\d\b/g, "m:ss");
  const bars = await element
    .locator("progress")
    .evaluateAll((all) => all.map((bar) => `- progress: ${bar.getAttribute("aria-valuetext")}`));
  return [tree, ...bars, ""].join("\n");
}

/** The accessible name of what has the focus, as far as our elements have one of their own. */
export function nameOfFocused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
  });
}
