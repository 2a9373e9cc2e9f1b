import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchBrowser } from "../../setup/browser.ts";

/** A visitor's browser: German and light unless told, and without motion. */
export type Visitor = Pick<BrowserContextOptions, "locale" | "colorScheme" | "viewport"> & {
  /** The page's clock stands still at this instant, in a time zone where it is noon, so that no day ends meanwhile. */
  now?: number;
};

export type OpenPanel = {
  page: Page;
  /** The side panel. */
  panel: Locator;
  /** The button that is a row's title; it opens and closes the row. */
  button(title: string): Locator;
  /** The whole row. */
  row(title: string): Locator;
  /** Whether it is still the document that was opened first: no reload, no navigation. */
  isSameDocument(): Promise<boolean>;
};

/** A server that cannot be reached is told by the browser itself; nothing of ours can keep it from that. */
const OF_THE_NETWORK = /^error: Failed to load resource: net::ERR_/;

/**
 * One browser for a test file. Every panel opened in a test is closed after it, and fails the test where the browser
 * complained: an error or a warning on its console, what nobody caught, a dialog.
 */
export function usePanels() {
  let browser: Browser | undefined;
  let contexts: BrowserContext[] = [];
  let complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    const [said, opened] = [complaints, contexts];
    [complaints, contexts] = [[], []];
    await Promise.all(opened.map((context) => context.close()));
    expect(said, "what the browser complained about").toEqual([]);
  });
  afterAll(() => browser?.close());

  async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
    if (browser === undefined) throw new Error("the browser starts before the first test");
    const context = await browser.newContext(options);
    contexts.push(context);
    return context.newPage();
  }

  return {
    newPage,
    /** Resolves once the panel is live. */
    async openPanel(url: string, { now, ...visitor }: Visitor = {}): Promise<OpenPanel> {
      const noon = now === undefined ? {} : { timezoneId: whereItIsNoon(now) };
      const page = await newPage({
        locale: "de-DE",
        colorScheme: "light",
        reducedMotion: "reduce",
        ...noon,
        ...visitor,
      });
      if (now !== undefined) await page.clock.setFixedTime(now);
      listen(page, (complaint) => complaints.push(complaint));
      await page.goto(url);
      const panel = page.getByRole("dialog");
      await panel.getByText("Live", { exact: true }).waitFor();
      await page.evaluate(() => Object.assign(window, { isFirstDocument: true }));
      const button = (title: string): Locator => panel.getByRole("button", { name: title, exact: true });
      return {
        page,
        panel,
        button,
        row: (title) =>
          panel
            .getByRole("listitem")
            .filter({ has: page.getByRole("heading", { name: title, exact: true }) }),
        isSameDocument: () => page.evaluate(() => "isFirstDocument" in window),
      };
    },
  };
}

function listen(page: Page, complain: (complaint: string) => void): void {
  page.on("pageerror", (error) => complain(`uncaught: ${error.message}`));
  page.on("dialog", (dialog) => {
    complain(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    const complaint = `${message.type()}: ${message.text()}`;
    if (/^(error|warning): /.test(complaint) && !OF_THE_NETWORK.test(complaint)) complain(complaint);
  });
}

/** `Etc/GMT+5` is five hours behind UTC: POSIX counts the other way. */
function whereItIsNoon(now: number): string {
  const behind = new Date(now).getUTCHours() - 12;
  return behind === 0 ? "UTC" : `Etc/GMT${behind > 0 ? "+" : ""}${behind}`;
}
