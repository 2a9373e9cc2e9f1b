import { stripVTControlCharacters } from "node:util";
import type { Output } from "../io.ts";
import { textWidth } from "../render/text-width.ts";

export type Screen = {
  /** Puts lines above the block for good and the block in its place below them, in one write. */
  draw(above: readonly string[], block: readonly string[]): void;
  /** Takes the block away while something else writes; the next `draw` brings it back. */
  clear(): void;
  /** Leaves the block where it is and an empty line for whoever writes next, also where Ctrl-C has left its mark. */
  leave(): void;
};

const CLEAR_REST_OF_LINE = "\u001b[K";
const CLEAR_BELOW = "\u001b[J";

/**
 * A block of lines at the bottom of a terminal that is redrawn in place, without the alternate screen. The cursor rests
 * on the line below it. No line may reach the last column. After a change of size the lines that wrapped are counted.
 */
export function createScreen(out: Output): Screen {
  let shown: readonly string[] = [];

  function rewind(): string {
    const rows = shown.reduce((sum, line) => sum + rowsOf(line, out.columns()), 0);
    return rows === 0 ? "\r" : `\r\u001b[${rows}A`;
  }

  return {
    draw(above, block) {
      const isSame = block.length === shown.length && block.every((line, at) => line === shown[at]);
      if (above.length === 0 && isSame) return;
      const lines = [...above, ...block].map((line) => `${line}${CLEAR_REST_OF_LINE}\n`);
      out.write(rewind() + lines.join("") + CLEAR_BELOW);
      shown = block;
    },
    clear() {
      if (shown.length === 0) return;
      out.write(rewind() + CLEAR_BELOW);
      shown = [];
    },
    leave() {
      if (shown.length > 0) out.write(`\r${CLEAR_BELOW}`);
      shown = [];
    },
  };
}

function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(textWidth(stripVTControlCharacters(line)) / columns));
}
