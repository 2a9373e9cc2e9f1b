import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as fc from "fast-check";
import { build } from "vite";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as decoders from "#app/client/decoders.ts";
import { jobPageSchema } from "#app/contract/job-page.ts";
import { streamEvents } from "#app/contract/stream.ts";
import { lightSchemas } from "./light-schemas.ts";
import { DETAIL, PAGE, STREAM } from "./light-schemas.examples.ts";

const ROOT = join(import.meta.dirname, "../..");
const OUT = join(ROOT, "node_modules/.cache/light-schemas");

/** As much of a schema as is used of it. */
type Schema = { safeParse(input: unknown): { success: boolean; data?: unknown } };
type Schemas = Record<string, Schema>;

/** Every schema that a browser reads an answer or an event with, by its name; and what is read with it. */
const zod: Schemas = { ...decoders, jobPageSchema, ...streamEvents };
const examples: Record<string, object[]> = {
  errorBodySchema: [{ error: { code: "gone", message: "weg", field: "title" } }],
  fetchAnswerSchema: [{ fetching: { done: 0, total: 3 } }],
  cancelAnswerSchema: [{ status: "running", revision: 3, cancelRequested: true }],
  meSchema: [{ userEmail: "anna@example.org", auth: "proxy" }],
  jobDetailSchema: [DETAIL],
  jobResultSchema: [DETAIL.result],
  jobSummarySchema: [DETAIL],
  jobPageSchema: [PAGE],
  ...STREAM,
};

let light: Schemas;
beforeAll(async () => {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "error",
    plugins: [lightSchemas()],
    build: {
      outDir: OUT,
      minify: false,
      copyPublicDir: false,
      lib: {
        entry: ["app/client/decoders.ts", "app/contract/job-page.ts", "app/contract/stream.ts"],
        formats: ["es"],
      },
    },
  });
  const built = (name: string) => import(`${pathToFileURL(OUT)}/${name}.js`);
  const [answers, page, stream] = await Promise.all(["decoders", "job-page", "stream"].map(built));
  light = { ...answers, ...page, ...stream.streamEvents };
});
afterAll(() => rm(OUT, { recursive: true, force: true }));

it("knows an example of every schema, and is no zod", () => {
  expect(Object.keys(examples).toSorted()).toEqual(Object.keys(zod).toSorted());
  expect(Object.values(light).filter((schema) => "_zod" in schema)).toEqual([]);
});

it.each(Object.keys(zod))(
  "%s reads what zod reads, refuses what zod refuses, and answers the same",
  (name) => {
    const read = (schemas: Schemas, input: unknown) => {
      const { success, data } = schemas[name]?.safeParse(input) ?? {};
      return { success, data };
    };
    for (const example of examples[name] ?? []) {
      expect(read(zod, example).success, JSON.stringify(example)).toBe(true);
      expect(read(light, example)).toStrictEqual(read(zod, example));
      fc.assert(
        fc.property(changed(example), (input) => {
          expect(read(light, input)).toStrictEqual(read(zod, input));
        }),
        { numRuns: 300 },
      );
    }
  },
);

/** Values that stand at an edge of something. */
const odd = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    true,
    "",
    0,
    -0,
    -1,
    1,
    100,
    100.5,
    1.5,
    2 ** 53,
    Number.NaN,
    Infinity,
    [],
    {},
  ),
  fc.constantFrom("2026-02-29T00:00:00Z", "2026-01-01", "2026-01-01T24:00:00Z", "2026-01-01T00:00Z"),
  fc.constantFrom(
    "2026-01-01T00:00:00+01:00",
    "2026-01-01T00:00:00.123456Z",
    "2024-02-29T23:59:60Z",
    "running",
  ),
  fc.anything({ withNullPrototype: true }),
);

/** The example with something in it replaced, removed or added, once or twice. */
function changed(example: object): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.constantFrom([], ...placesIn(example)),
    how: fc.constantFrom("replace", "remove", "add"),
    value: odd,
  });
  return fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) => {
    const box = { root: structuredClone(example) as unknown };
    for (const { at, how, value } of changes) apply(box, ["root", ...at], how, value);
    return box.root;
  });
}

function placesIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...placesIn(inner).map((place) => [key, ...place]),
  ]);
}

function apply(box: object, place: readonly string[], how: string, value: unknown): void {
  const [key = "", ...deeper] = place;
  const inner: unknown = Reflect.get(box, key);
  if (deeper.length > 0) {
    if (typeof inner === "object" && inner !== null) apply(inner, deeper, how, value);
  } else if (how === "remove") Reflect.deleteProperty(box, key);
  else if (how === "replace") Reflect.set(box, key, value);
  else if (typeof inner === "object" && inner !== null) Reflect.set(inner, "something", value);
}
