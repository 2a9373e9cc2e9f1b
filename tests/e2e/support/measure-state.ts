import type { Page } from "playwright-core";

/**
 * What of a state as it stands is not for everybody (WCAG 2.2): what is wider than its place or cut off without a sign,
 * targets below 24 px, and motion where none is wanted. A line for each fault.
 */
export function faultsOfLayout(page: Page, shown: string): Promise<string[]> {
  return page.evaluate(measureLayout, shown);
}

/** Controls whose ring, when they have the focus, is not there or has less than 3:1 against what it is drawn on. */
export async function faultsOfFocus(page: Page, shown: string): Promise<string[]> {
  // Whoever uses the keyboard sees the ring, and so it is asked for by a key.
  await page.keyboard.press("Tab");
  return page.evaluate(measureFocus, shown);
}

/** Runs in the browser, and so stands alone. */
function measureLayout(shown: string): string[] {
  const faults: string[] = [];
  const found = (fault: string, { outerHTML }: Element): void => {
    faults.push(`${fault}: ${outerHTML.replace(/ class="[^"]*"/, "").slice(0, 120)}`);
  };
  const roots = [...document.querySelectorAll<HTMLElement>(shown)];
  const all = roots
    .flatMap((root) => [...root.querySelectorAll<HTMLElement>("*")])
    .filter(
      (element) =>
        element.checkVisibility() &&
        element.closest(".sr-only, [inert], [aria-busy=true], input[aria-hidden]") === null,
    );

  for (const element of [document.documentElement, ...roots, ...document.querySelectorAll("[data-scroller]")])
    if (element.scrollWidth > element.clientWidth) found("scrolls sideways", element);

  for (const element of all) {
    const { overflowX, overflowY, textOverflow, webkitLineClamp, animationName, transitionDuration } =
      getComputedStyle(element);
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
    const isHidden = (overflow: string): boolean => overflow === "hidden" || overflow === "clip";
    const isMarked = textOverflow === "ellipsis" || webkitLineClamp !== "none";
    const isCut =
      (isHidden(overflowX) && scrollWidth > clientWidth + 1) ||
      (isHidden(overflowY) && scrollHeight > clientHeight + 1);
    if (isCut && !isMarked && clientWidth > 0) found("is cut off", element);
    if (animationName !== "none" || !/^0s(, 0s)*$/.test(transitionDuration)) found("moves", element);
    const { left, right, width } = element.getBoundingClientRect();
    const isScrolled = (): boolean => {
      for (let above = element.parentElement; above !== null; above = above.parentElement)
        if (getComputedStyle(above).overflowX !== "visible") return true;
      return false;
    };
    if (width > 0 && (left < -1 || right > innerWidth + 1) && !isScrolled())
      found("lies beside the window", element);
  }

  for (const control of all) {
    if (!control.matches("a[href], button, input:not([type=hidden], [aria-hidden]), select, summary"))
      continue;
    // The whole row is pressed, and the label of what has one.
    const target = control.closest(control.matches("[data-row]") ? ".group\\/row" : "label") ?? control;
    const { width, height } = target.getBoundingClientRect();
    if (width < 24 || height < 24) found(`is ${width.toFixed(1)} × ${height.toFixed(1)} px`, control);
  }
  return faults;
}

/** Runs in the browser, and so stands alone. */
function measureFocus(shown: string): string[] {
  const faults: string[] = [];
  const controls = [...document.querySelectorAll<HTMLElement>(shown)]
    .flatMap((root) => [
      ...root.querySelectorAll<HTMLElement>("a[href], button, input, select, summary, [tabindex]"),
    ])
    .filter((control) => control.checkVisibility() && control.closest("[inert]") === null);
  for (const control of controls) {
    if (control.tabIndex < 0 && !control.matches("[data-row]")) continue;
    control.focus({ preventScroll: true });
    if (document.activeElement !== control) continue;
    // The ring is the control's own, that of its row, or that of the field or the choice around it.
    const rings = [
      { element: control, style: getComputedStyle(control) },
      { element: control, style: getComputedStyle(control, "::after") },
      ...[control.closest("label"), control.closest("form"), control.parentElement]
        .filter((around) => around !== null)
        .map((around) => ({ element: around, style: getComputedStyle(around) })),
    ];
    const ring = rings.find(({ style }) => style.outlineStyle !== "none" && style.outlineWidth !== "0px");
    const name = control.outerHTML.replace(/ class="[^"]*"/, "").slice(0, 120);
    if (ring === undefined) {
      faults.push(`no ring: ${name}`);
      continue;
    }
    const ratio = contrast(ring.style.outlineColor, groundOf(ring.element));
    if (ratio < 3) faults.push(`ring of ${ratio.toFixed(1)}:1: ${name}`);
  }
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  return faults;

  /** What is painted behind the edge of an element. */
  function groundOf(element: Element): string {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!/^rgba\(.*, 0\)$/.test(backgroundColor)) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  }

  function contrast(one: string, other: string): number {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance(colour: string): number {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((channel) => {
      const share = Number(channel) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
}
