import type { Page } from "playwright-core";

/**
 * Two pictures compared as the mean colours of tiles of 20 px, about a line's height: two fonts then look nearly
 * alike, a missing row does not. `worst` is the largest difference of a tile, in 0 to 1; `unlike` the share of them
 * that differs by more than 0.1.
 */
export type Difference = { worst: number; unlike: number };

/**
 * The line between another font and a fault. Measured on the list, light and dark (worst, unlike): all of it in DejaVu
 * Sans 0.12, 0.0015, in DejaVu Sans Mono 0.14, 0.0045; without bars 0.16, 0.023, without one row 0.20, 0.030, without
 * icons 0.22, 0.003.
 */
export function areAlike({ worst, unlike }: Difference): boolean {
  return worst <= 0.18 && unlike <= 0.01;
}

/** Decodes both PNGs in the given page, so that no package has to. Pictures of different sizes are wholly unlike. */
export function comparePictures(page: Page, one: Buffer, other: Buffer): Promise<Difference> {
  return page.evaluate(compareTiles, [one.toString("base64"), other.toString("base64")]);
}

/** Runs in the browser, and so stands alone. */
async function compareTiles(pictures: string[]): Promise<Difference> {
  const tile = 20;
  const [one = [], other = []] = await Promise.all(pictures.map(meansOf));
  if (one.length !== other.length) return { worst: 1, unlike: 1 };
  const differences = one.map((mean, at) => Math.abs(mean - (other[at] ?? 0)) / 255);
  const unlike = differences.filter((difference) => difference > 0.1).length / differences.length;
  return { worst: Math.max(...differences), unlike };

  /** Red, green and blue of each tile. */
  async function meansOf(base64: string): Promise<number[]> {
    const response = await fetch(`data:image/png;base64,${base64}`);
    const picture = await createImageBitmap(await response.blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.drawImage(picture, 0, 0);
    const means: number[] = [];
    for (let y = 0; y < picture.height; y += tile) {
      for (let x = 0; x < picture.width; x += tile) {
        const { data } = context.getImageData(x, y, tile, tile);
        for (const channel of [0, 1, 2]) {
          let sum = 0;
          for (let at = channel; at < data.length; at += 4) sum += data[at] ?? 0;
          means.push(sum / (data.length / 4));
        }
      }
    }
    return means;
  }
}
