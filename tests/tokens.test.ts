import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Every colour of `app/app.css`, light and dark. */
const tokens = new Map(
  [
    ...readFileSync("app/app.css", "utf8").matchAll(
      /--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
    ),
  ].map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]),
);
const texts = ["text", "muted", "faint", "run", "ok", "bad", "warn", "store"];
const grounds = ["bg", "raised", "hover", "over"];

test.each(
  (["light", "dark"] as const).flatMap((theme) =>
    texts.flatMap((text) => grounds.map((ground) => ({ theme, text, ground }))),
  ),
)("$text on $ground is read well ($theme)", ({ theme, text, ground }) => {
  expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
});

test.each(["light", "dark"] as const)("What is on its own soft ground is read well (%s)", (theme) => {
  for (const tone of ["bad", "warn"]) {
    expect(contrast(colour(tone, theme), colour(`${tone}-soft`, theme))).toBeGreaterThanOrEqual(4.5);
  }
});

test.each(["light", "dark"] as const)(
  "How far a bar is is seen on its track and on the ground (%s)",
  (theme) => {
    for (const tone of ["run", "warn", "store"]) {
      for (const ground of ["track", ...grounds]) {
        expect(contrast(colour(tone, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
      }
    }
  },
);

test.each(["light", "dark"] as const)(
  "What is chosen has an edge that is seen, and is read (%s)",
  (theme) => {
    expect(contrast(colour("faint", theme), colour("hover", theme))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour("text", theme), colour("chosen", theme))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour("text", theme), colour("bg", theme))).toBeGreaterThanOrEqual(4.5);
  },
);

test.each(["light", "dark"] as const)(
  "The ring around what has the focus is seen on every ground (%s)",
  (theme) => {
    for (const ground of [...grounds, "page"]) {
      expect(contrast(colour("focus", theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
    }
  },
);

function colour(name: string, theme: "light" | "dark"): string {
  const found = tokens.get(name)?.[theme];
  if (found === undefined) throw new Error(`app/app.css has no colour ${name}`);
  return found;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
