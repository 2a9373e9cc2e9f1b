import * as fc from "fast-check";
import { asciiJson } from "./play.ts";

const NAMES = [
  "phase",
  "status",
  "message",
  "progress",
  "current",
  "total",
  "unit",
  "level",
  "details",
  "logs",
  "seq",
  "error",
  "data",
  "metadata",
  "process",
  "job",
  "images_archive_data",
  "callback_token",
];
const TRAPS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then", "kind", ""];
const name = fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom(...TRAPS), fc.string({ maxLength: 8 }));

/** Values that look right at first sight. */
const almost = fc.constantFrom<unknown>(
  "completed",
  "error",
  "canceled",
  "pending",
  -1,
  1e308,
  2 ** 53,
  "1e3",
  "\uD800",
  "\u0000\u001B[2J\u202E",
  "0000-01-01T00:00:00+01:00",
  "9999-12-31T23:59:59-01:00",
  { percent: "40" },
  { percent: 1e300 },
  { id: { id: 1 } },
  { timestamp: "0000-01-01T00:00:00+01:00", message: "x" },
  { timestamp: "9999-12-31T23:59:59-23:59", level: "WARNING" },
  [{ timestamp: "9999-12-31T23:59:59-01:00" }],
  [{ message: "x", details: { ["__proto__"]: { polluted: true } } }],
  { extracted_text: 5, transcription: [], x_url: "//[", request: 1, data: { extracted_text: "t" } },
  { transcription: { text: {} } },
  { code: 5, message: [], details: "kein Objekt" },
  { code: "", message: "", details: { details: { details: null } } },
  "UEsDBA==",
  "kein base64!",
);
const value = fc.letrec((again) => ({
  any: fc.oneof(
    { depthSize: "small", maxDepth: 4, withCrossShrink: true },
    fc.jsonValue(),
    almost,
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.array(again("any"), { maxLength: 4 }),
    again("object"),
  ),
  object: entries(again("any")),
}));

/** Text of an object with these members in this order; a name may come twice. */
const member = fc.tuple(name, value.any);
const objectText = fc
  .array(member, { maxLength: 8 })
  .map((members) => `{${members.map(([key, item]) => `${asciiJson(key)}:${asciiJson(item)}`).join(",")}}`);

const nested = fc
  .tuple(fc.constantFrom('{"a":', "[", '{"__proto__":', '{"data":[{"x":'), fc.integer({ min: 1, max: 5_000 }))
  .map(([opening, times]) => `{"message":${opening.repeat(times)}`);
const closed = fc
  .integer({ min: 1, max: 200 })
  .map((depth) => `{"data":${"[".repeat(depth)}${"]".repeat(depth)}}`);
const many = fc.integer({ min: 1, max: 3_000 }).map((count) => {
  return `{${Array.from({ length: count }, (_, n) => `"k${n}":0`).join(",")}}`;
});
const numbers = fc
  .tuple(
    fc.constantFrom("progress", "current", "seq", "data"),
    fc.constantFrom("1e999", "-0", "-1e-999", "0.1e1", "99999999999999999999"),
  )
  .map(([key, number]) => `{"${key}":${number},"total":${number}}`);

const texts = fc.oneof(
  { weight: 6, arbitrary: objectText },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: closed },
  { weight: 1, arbitrary: many },
  { weight: 1, arbitrary: numbers },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);
const bytes = texts.map((text) => new TextEncoder().encode(text));

/** Bodies made to hurt: of wrong types, cut off, with bytes changed, nested, pretending, or no JSON at all. */
export const hostileBody: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc.oneof(
  { weight: 8, arbitrary: bytes },
  {
    weight: 1,
    arbitrary: fc
      .tuple(bytes, fc.nat(200))
      .map(([body, cut]) => body.slice(0, Math.max(0, body.length - cut))),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(bytes, fc.nat(), fc.nat(255)).map(([body, at, byte]) => {
      const changed = body.slice();
      if (changed.length > 0) changed[at % changed.length] = byte;
      return changed;
    }),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map((random) => new Uint8Array(random)) },
);

/** An object whose names may be those of its prototype. */
function entries(item: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.array(fc.tuple(name, item), { maxLength: 4 }).map((members) => Object.fromEntries(members));
}
