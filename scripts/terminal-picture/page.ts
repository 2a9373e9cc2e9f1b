import type { Cell } from "./screen.ts";

/** Colours of a terminal: background, text, and what the sixteen names of SGR are. */
export type Theme = { background: string; text: string; colours: Record<string, string> };

export const themes: Record<"light" | "dark", Theme> = {
  light: {
    background: "#ffffff",
    text: "#1f2328",
    colours: {
      "31": "#cf222e",
      "32": "#1a7f37",
      "33": "#9a6700",
      "34": "#0969da",
      "35": "#8250df",
      "36": "#1b7c83",
      "90": "#6e7781",
      "92": "#2da44e",
      "93": "#7d4e00",
      "95": "#a475f9",
      "96": "#3192aa",
    },
  },
  dark: {
    background: "#0d1117",
    text: "#e6edf3",
    colours: {
      "31": "#ff7b72",
      "32": "#3fb950",
      "33": "#d29922",
      "34": "#58a6ff",
      "35": "#bc8cff",
      "36": "#39c5cf",
      "90": "#8b949e",
      "92": "#56d364",
      "93": "#e3b341",
      "95": "#d2a8ff",
      "96": "#56d4dd",
    },
  },
};

/** A page that shows a screen as a terminal does: every character in cells of its own, so that columns hold. */
export function toPage(lines: readonly Cell[][], { background, text, colours }: Theme): string {
  const rows = lines.map((line) => `<div>${line.map((cell) => toSpan(cell, colours)).join("")}</div>`);
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: ${background}; color: ${text}; }
    pre { margin: 0; padding: 16px 20px; width: max-content;
      font: 14px/20px "DejaVu Sans Mono", "Noto Sans Mono", "Noto Sans Mono CJK JP", monospace; }
    div { height: 20px; } span { display: inline-block; height: 20px; overflow: hidden; vertical-align: top; white-space: pre; }
  </style><pre>${rows.join("")}</pre>`;
}

function toSpan({ text, style, cells }: Cell, colours: Theme["colours"]): string {
  const colour =
    style === "2" ? "opacity: 0.6" : colours[style] === undefined ? "" : `color: ${colours[style]}`;
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<span style="width: ${cells}ch; ${colour}">${escaped}</span>`;
}
