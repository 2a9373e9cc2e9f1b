import { afterEach, expect, it, vi } from "vitest";
import { watchPage } from "./watch-page.ts";

afterEach(() => vi.unstubAllGlobals());

it("does nothing where there is no document", () => {
  expect(() => watchPage({ wake: fail, rest: fail })()).not.toThrow();
});

it("wakes when the page is seen, shown or online again", () => {
  const { page, happens } = openPage();
  expect(page).toEqual([]);
  happens("document", "visibilitychange");
  happens("window", "pageshow");
  happens("window", "online");
  expect(page).toEqual(["wake", "wake", "wake"]);
});

it.each([
  ["window", "pagehide", "pageshow"],
  ["document", "freeze", "resume"],
] as const)("rests from %s.%s until %s, whatever happens in between", (target, away, back) => {
  const { page, happens } = openPage();
  happens(target, away);
  happens("window", "online");
  expect(page).toEqual(["rest", "rest"]);
  happens(target, back);
  expect(page.at(-1)).toBe("wake");
});

it("rests while hidden only if it is to", () => {
  const busy = openPage();
  busy.show("hidden");
  expect(busy.page).toEqual(["wake"]);
  const idle = openPage({ restsWhileHidden: true });
  idle.show("hidden");
  idle.happens("document", "resume");
  idle.show("visible");
  expect(idle.page).toEqual(["rest", "rest", "wake"]);
});

it("rests from the start in a tab that was opened behind another", () => {
  expect(openPage({ restsWhileHidden: true, visibilityState: "hidden" }).page).toEqual(["rest"]);
});

it("hears nothing once it has stopped", () => {
  const { page, happens, stop } = openPage();
  stop();
  happens("window", "online");
  expect(page).toEqual([]);
});

function openPage(options: { restsWhileHidden?: boolean; visibilityState?: string } = {}) {
  const { restsWhileHidden = false, visibilityState = "visible" } = options;
  const [document, window] = [Object.assign(new EventTarget(), { visibilityState }), new EventTarget()];
  vi.stubGlobal("document", document);
  vi.stubGlobal("window", window);
  const page: string[] = [];
  const stop = watchPage(
    { wake: () => page.push("wake"), rest: () => page.push("rest") },
    { restsWhileHidden },
  );
  function happens(target: "document" | "window", name: string): void {
    (target === "document" ? document : window).dispatchEvent(new Event(name));
  }
  function show(state: string): void {
    document.visibilityState = state;
    happens("document", "visibilitychange");
  }
  return { page, stop, happens, show };
}

function fail(): never {
  throw new Error("there is no page");
}
