import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type GalleryState, galleryStates, type StateName } from "#app/panel/gallery/gallery-states.ts";
import { detailTexts } from "#app/locales/detail.ts";
import { dayJumpTexts } from "#app/locales/day-jump.ts";
import { coverTexts } from "#app/locales/panel-cover.ts";
import { signInTexts } from "#app/locales/sign-in.ts";
import { words } from "#app/locales/words.ts";
import type { Locale } from "#app/locales/locale.ts";
import { temporaryFolder } from "./spawn-jobmon.ts";

const root = join(import.meta.dirname, "../../..");
/** The instant at which the gallery's recordings end; the browser's clock stands still there. */
export const GALLERY_NOW = "2026-11-26T13:02:14Z";

/** Starts `npm run dev`, where the gallery is; resolves with its address once it listens. `said` is its output so far. */
export async function startGallery(): Promise<{ url: string; said: () => string } & AsyncDisposable> {
  const folder = await temporaryFolder();
  const env = { ...process.env, PORT: "0", JOBMON_DATA_DIR: folder.path, NODE_ENV: "development" };
  const child = spawn(process.execPath, ["scripts/dev.ts"], { cwd: root, env });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += String(chunk);
        const [, found] = /listening on (http:\S+)/.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
    }
    child.once("close", () => reject(new Error(said)));
  });
  return {
    url: `${url}/dev/gallery`,
    said: () => said,
    async [Symbol.asyncDispose]() {
      child.kill();
      await new Promise((resolve) => child.once("close", resolve));
      await folder.remove();
    },
  };
}

/** Where a state is: in the panel, or in a page that has none. */
export const SHOWN = "[data-sheet], [data-page]";

/** Shows a state in a page that has the gallery open, and waits until everything that comes has come. */
export async function showState(page: Page, name: StateName, locale: Locale): Promise<void> {
  const state: GalleryState = galleryStates[name];
  const fixed = { now: GALLERY_NOW, zone: "Europe/Berlin", bare: "yes" };
  const query = new URLSearchParams({ state: name, lang: locale, ...fixed });
  await page.evaluate(async (address) => {
    const { __reactRouterDataRouter: router } = window as unknown as {
      __reactRouterDataRouter: { navigate: (to: string) => Promise<void> };
    };
    await router.navigate(address);
  }, `/dev/gallery?${query}`);
  // The router is there before what it shows is.
  await page.locator(`[data-gallery="${query}"]`).waitFor();
  if (state.page !== undefined) return;
  const panel = page.locator("[data-sheet]");
  await panel.waitFor();
  if (state.cover !== undefined)
    await panel.getByRole("heading", { name: coverTexts[locale][state.cover].title }).waitFor();
  if (state.signedIn !== undefined)
    await panel.getByRole("button", { name: signInTexts[locale].menu.signOut }).waitFor();
  if (state.list === undefined) await panel.getByText(connectionOf(state, locale), { exact: true }).waitFor();
  if ((state.older ?? 0) > 0) await panel.getByRole("button", { name: dayJumpTexts[locale].label }).waitFor();
  if (state.detail === undefined && state.open !== undefined && state.linked !== "gone") {
    // What can be done comes with the code of an opened row, beside the place that is held for its log.
    await panel.getByRole("link", { name: detailTexts[locale].page.open }).waitFor();
    await panel.getByText(detailTexts[locale].loading, { exact: true }).waitFor({ state: "detached" });
  }
}

function connectionOf({ stream = "live" }: GalleryState, locale: Locale): string {
  const { connection } = words[locale];
  return {
    live: connection.live,
    lagging: connection.lagging,
    never: connection.connecting,
    unreachable: connection.reconnecting,
  }[stream];
}
