import { readFileSync, readdirSync } from "node:fs";
import { Visitor, parseSync } from "vite";

/** One `import`, `export … from` or `import()`; `specifier` is undefined where it is computed. */
export interface Import {
  specifier: string | undefined;
  typeOnly: boolean;
}

/** Paths of all TypeScript sources below the folders, tests left out. */
export function sourceFiles(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path)),
  );
}

/** All imports of a source, in order. Throws where it does not parse. */
export function importsOf(file: string, source: string = readFileSync(file, "utf8")): Import[] {
  const { staticImports, staticExports, dynamicImports } = parse(file, source).module;
  return [
    ...staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType }] : [],
      ),
    ),
    ...dynamicImports.map(({ moduleRequest }) => ({
      specifier: /^(["'`])([^"'`$]*)\1$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[2],
      typeOnly: false,
    })),
  ];
}

const impure = ["Date.now", "Math.random", "performance.now", "crypto.randomUUID", "crypto.getRandomValues"];

/** Calls by which a source would ask the clock or dice: `Date.now()`, `new Date()`, `Math.random()` and the like. */
export function impureCallsOf(file: string, source: string = readFileSync(file, "utf8")): string[] {
  const found = membersOf(file, impure, source);
  new Visitor({
    NewExpression({ callee, arguments: args }) {
      if (callee.type === "Identifier" && callee.name === "Date" && args.length === 0)
        found.push("new Date()");
    },
    CallExpression({ callee }) {
      if (callee.type === "Identifier" && callee.name === "Date") found.push("Date()");
    },
  }).visit(parse(file, source).program);
  return found;
}

/** Each use of one of these members, such as `Date.now`. */
export function membersOf(
  file: string,
  members: readonly string[],
  source: string = readFileSync(file, "utf8"),
): string[] {
  const found: string[] = [];
  new Visitor({
    MemberExpression({ start, end }) {
      const text = source.slice(start, end);
      if (members.includes(text)) found.push(text);
    },
  }).visit(parse(file, source).program);
  return found;
}

function parse(file: string, source: string) {
  const result = parseSync(file, source);
  if (result.errors.length > 0) throw new Error(`${file}: ${result.errors[0]?.message}`);
  return result;
}

/** Every regular expression that is written as one, where it stands. */
export function patternsOf(file: string, source: string = readFileSync(file, "utf8")) {
  const found: { pattern: string; flags: string }[] = [];
  new Visitor({
    Literal(node) {
      if ("regex" in node) found.push(node.regex);
    },
  }).visit(parse(file, source).program);
  return found;
}
