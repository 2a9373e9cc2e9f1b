import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { sourceOf } from "#app/locales/define-texts.ts";
import { LOCALES } from "#app/locales/locale.ts";
import type { TextTree } from "#app/locales/text-types.ts";
import { compileExports } from "../scripts/build/compile-texts.ts";
import { sourceFiles } from "./architecture/read-source.ts";
import { findLabels, findLiterals, findSpoken } from "./texts/find-literals.ts";

const files = sourceFiles("app/locales").filter(
  (path) => !path.endsWith("/define-texts.ts") && readFileSync(path, "utf8").includes("= defineTexts("),
);
const written = await Promise.all(
  files.map(async (file) => {
    const exported: Record<string, object> = await import(resolve(file));
    return Object.entries(exported).map(([name, texts]) => ({ file, name, texts, source: sourceOf(texts) }));
  }),
);
const all = written.flat();

test("Every file of texts is found", () => {
  expect(files).toContain("app/locales/panel.ts");
  expect(files).toContain("app/locales/terminal.ts");
});

test.each(all)("$name of $file has every key and every value in both languages", ({ source }) => {
  expect(describeTree(source?.en ?? {})).toEqual(describeTree(source?.de ?? {}));
});

test.each(files)("%s is built to what it says from source", async (file) => {
  const built = await load(compileExports(file, await import(resolve(file))));
  for (const { name, texts } of all.filter((each) => each.file === file)) {
    expect(sayAll(built[name])).toEqual(sayAll(texts));
  }
});

test("Every text is used", () => {
  const code = sourceFiles("app", "cli")
    .filter((path) => !files.includes(path))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const unused = all.flatMap(({ file, name, source }) =>
    unusedIn(source?.de ?? {}, name, code).map((key) => `${file}: ${key}`),
  );
  expect(unused).toEqual([]);
});

test("No component and no route has a text of its own", () => {
  const components = sourceFiles("app").filter((path) => path.endsWith(".tsx"));
  expect(components.length).toBeGreaterThan(20);
  expect(misplaced(components, findLiterals)).toEqual([]);
});

test.each([
  ["<p>Nothing here</p>", "Nothing here"],
  ['<button title="Close it" />', "Close it"],
  ['<p>{empty ? "Nothing" : rows}</p>', "Nothing"],
  ["<p>{`Nothing ${more}`}</p>", "Nothing "],
  ['<img alt="A bar" />', "A bar"],
  ['<Row label="Status" />', "Status"],
])("A literal text is found in %s", (code, text) => {
  expect(findLiterals("x.tsx", `export const X = () => ${code};`)).toEqual([{ line: 1, text }]);
});

test.each([
  '<p className="grid gap-1" lang="de" role="status">{texts.none}</p>',
  "<p> · {count}</p>",
  '<a href="/jobs" aria-current={on ? "page" : undefined}>{title}</a>',
  "<code>{command}</code>",
])("%s has no literal text", (code) => {
  expect(findLiterals("x.tsx", `export const X = () => ${code};`)).toEqual([]);
});

test("No constant, object or call in panel and components holds a label", () => {
  const sources = sourceFiles("app/panel", "app/components").filter((path) => !/gallery|\.test\./.test(path));
  expect(sources.length).toBeGreaterThan(80);
  expect(misplaced(sources, findLabels)).toEqual([]);
});

test.each([
  ['const names = { done: "Fertig" };', "Fertig"],
  ['const heading = "Jobs of today";', "Jobs of today"],
  ["document.title = `Fertig: ${count}`;", "Fertig: "],
  ['const row = <Row {...{ title: "… Mehr" }} />;', "… Mehr"],
])("A label is found in %s", (code, text) => {
  expect(findLabels("x.tsx", code)).toEqual([{ line: 1, text }]);
});

test.each(['const look = "grid gap-1 hover:bg-hover";', 'if (event.key === "Escape") close();'])(
  "%s has no label",
  (code) => {
    expect(findLabels("x.tsx", code)).toEqual([]);
  },
);

const helpFiles = sourceFiles("app/locales/help");
const help = (
  await Promise.all(
    helpFiles.map(async (file) => {
      const exported: Record<string, Record<string, object>> = await import(resolve(file));
      return Object.entries(exported).flatMap(([name, texts]) =>
        Object.entries(texts).map(([key, text]) => ({ key, place: `${file}: ${name}.${key}`, text })),
      );
    }),
  )
).flat();

test("Every text of the help is there in both languages, and says something in each", () => {
  expect(help.length).toBeGreaterThan(150);
  const broken = help.filter(({ text }) => {
    const words = Object.entries(text).map(([locale, said]) => [locale, typeof said, said !== ""]);
    const whole = LOCALES.map((locale) => [locale, "string", true]);
    return JSON.stringify(words) !== JSON.stringify(whole);
  });
  expect(broken).toEqual([]);
});

test("Every text of the help is used", () => {
  const code = sourceFiles("cli", "scripts/cli-docs")
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  // Those are read by code, variable or group.
  const isTable = (place: string): boolean => /: (exitCode|environment|group)Texts\./.test(place);
  const unused = help.filter(
    ({ key, place }) => !isTable(place) && !new RegExp(`\\.${key}(?!\\w)|\\b${key}\\b[,:] `).test(code),
  );
  expect(unused.map(({ place }) => place)).toEqual([]);
});

test("No command of the terminal has a text of its own", () => {
  // The lines for machines are described in English alone, in docs/cli.md.
  const sources = sourceFiles("cli").filter((path) => path !== "cli/output/ndjson-lines.ts");
  expect(sources.length).toBeGreaterThan(100);
  expect(misplaced(sources, findSpoken)).toEqual([]);
});

test.each([
  ['io.stderr.write("no jobs here\\n");', "no jobs here\n"],
  ["stdout.write(`no answer from ${url}`);", "no answer from "],
  ['tell(isOver ? "it is over" : name);', "it is over"],
  ['throw new CliError({ message: "no such job", hint }, 5);', "no such job"],
])("A literal text of the terminal is found in %s", (code, text) => {
  expect(findSpoken("x.ts", code)).toEqual([{ line: 1, text }]);
});

/** The texts that `find` sees in code, each with its place. */
function misplaced(paths: readonly string[], find: typeof findLiterals): string[] {
  return paths.flatMap((path) =>
    find(path, readFileSync(path, "utf8")).map(
      ({ line, text }) => `${path}:${line} „${text}“ belongs into app/locales`,
    ),
  );
}

/** Every key with the names of the values in its text. */
function describeTree(tree: TextTree, path = ""): Record<string, string[]> {
  return Object.assign(
    {},
    ...Object.entries(tree).map(([key, text]) =>
      typeof text === "string" ? { [path + key]: valuesOf(text) } : describeTree(text, `${path}${key}.`),
    ),
  );
}

function valuesOf(text: string): string[] {
  const names = text.matchAll(/\{(\w+)(?:, ?(?:number|plural|select))?[,}]/g);
  return [...new Set([...names].map(([, name = ""]) => name))].toSorted();
}

/** What every text says with the same values. */
function sayAll(texts: unknown): unknown {
  if (typeof texts === "function")
    return [1, 0, 1234.5].map((n) => texts(new Proxy({}, { get: () => n, has: () => true })));
  if (typeof texts !== "object" || texts === null) return texts;
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, sayAll(text)]));
}

/** Keys whose name stands nowhere; of a group that is read with `[…]` or handed on whole, all are used. */
function unusedIn(tree: TextTree, path: string, code: string): string[] {
  return Object.entries(tree).flatMap(([key, text]) => {
    const stands = (after: string) =>
      new RegExp(`(?<![\\w-])${key.replaceAll(/\W/g, "\\$&")}${after}`).test(code);
    if (typeof text === "string") return stands("(?![\\w-])") ? [] : [`${path}.${key}`];
    return stands("(\\[|,| \\}|\\))") ? [] : unusedIn(text, `${path}.${key}`, code);
  });
}

async function load(code: string): Promise<Record<string, unknown>> {
  const resolved = code.replace(/from "(@[^"]+)"/g, (_, name) => `from "${import.meta.resolve(name)}"`);
  return import(`data:text/javascript,${encodeURIComponent(resolved)}`);
}
