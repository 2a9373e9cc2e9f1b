import type { Page } from "playwright-core";

/**
 * What a picture with another font cannot tell: of every text and every sign its colour, the ground below it, its size
 * and weight, and, `isPlaced`, how far below the top it begins and how high it is. A line each, each line once.
 */
export async function lookOf(page: Page, shown: string, isPlaced: boolean): Promise<string> {
  const lines = await page.evaluate(readLook, { shown, isPlaced });
  return `${[...new Set(lines)].join("\n")}\n`;
}

/** Runs in the browser, and so stands alone. */
function readLook({ shown, isPlaced }: { shown: string; isPlaced: boolean }): string[] {
  const [root] = document.querySelectorAll(shown);
  if (root === undefined) return [];
  const { top } = root.getBoundingClientRect();
  return [...root.querySelectorAll("*")].flatMap((element) => {
    const box = element.getBoundingClientRect();
    if (!element.checkVisibility() || box.height <= 1 || box.top > innerHeight) return [];
    const name = nameOf(element);
    if (name === "") return [];
    const { color, fontSize, lineHeight, fontWeight, opacity } = getComputedStyle(element);
    const place = isPlaced ? ` at ${round(box.top - top)}, ${round(box.height)} high` : "";
    const faded = opacity === "1" ? "" : ` at ${opacity}`;
    return [
      `${name}: ${hex(color)}${faded} on ${hex(groundOf(element))}, ${fontSize}/${lineHeight} ${fontWeight}${place}`,
    ];
  });

  /** Its own text, or which sign it is; empty for what only holds others. */
  function nameOf(element: Element): string {
    if (element instanceof SVGSVGElement)
      return `sign ${element.classList[1] ?? element.getAttribute("viewBox") ?? ""}`;
    if (element.closest("svg") !== null) return "";
    if (element.getAttribute("role") === "progressbar") return "bar";
    if (element instanceof HTMLInputElement) return `field ${element.placeholder || element.type}`;
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    return own
      .map(({ textContent }) => textContent?.trim())
      .join(" ")
      .trim()
      .slice(0, 40);
  }

  function groundOf(element: Element): string {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!/^rgba\(.*, 0\)$/.test(backgroundColor)) return backgroundColor;
    }
    return "nothing";
  }

  function hex(colour: string): string {
    const channels = colour.match(/[\d.]+/g)?.slice(0, 3);
    if (!colour.startsWith("rgb") || channels === undefined) return colour;
    return `#${channels.map((channel) => Math.round(Number(channel)).toString(16).padStart(2, "0")).join("")}`;
  }

  function round(pixels: number): number {
    return Math.round(pixels * 2) / 2;
  }
}
