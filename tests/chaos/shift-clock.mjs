// @ts-check
/**
 * Loaded into a server by `NODE_OPTIONS=--import`: every SIGUSR2 sets the clock on the wall, an hour ahead, an hour
 * back, and right again. The product knows nothing of this.
 */
const HOUR = 3_600_000;
const { now } = Date;
let shifts = 0;
const shift = () => [0, HOUR, -HOUR][shifts % 3] ?? 0;

Date.now = () => now() + shift();
globalThis.Date = new Proxy(Date, {
  construct: (RealDate, args) => Reflect.construct(RealDate, args.length === 0 ? [Date.now()] : args),
});
process.on("SIGUSR2", () => {
  shifts += 1;
  console.error(`clock shifted by ${shift()}`);
});
