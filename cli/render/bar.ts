import type { Signs } from "./look.ts";

/**
 * A bar of `width` cells. Without a known progress a piece of it wanders, one cell a `step`, and comes back: work is
 * going on, and nobody claims to know how far it is.
 */
export function renderBar(progress: number | undefined, width: number, step: number, signs: Signs): string {
  if (progress === undefined) return wander(width, step, signs);
  const halves = Math.floor((Math.min(100, progress) / 100) * width * 2);
  const full = Math.floor(halves / 2);
  const half = halves % 2 === 1 ? signs.half : "";
  return signs.full.repeat(full) + half + signs.rest.repeat(width - full - half.length);
}

function wander(width: number, step: number, { piece }: Signs): string {
  const room = width - piece.length;
  if (room <= 0) return piece.slice(0, width);
  const turn = step % (2 * room);
  const at = turn > room ? 2 * room - turn : turn;
  return " ".repeat(at) + piece + " ".repeat(room - at);
}
