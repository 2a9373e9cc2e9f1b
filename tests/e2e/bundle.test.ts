import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { envSchema } from "#app/server/env.server.ts";
import { importsOf, sourceFiles } from "../architecture/read-source.ts";

const BUILD = join(import.meta.dirname, "../../build");
const files = builtFiles("client");

/** Variables that are meant for browsers, as Vite has it, and the one that Clerk's own library explains in a sentence. */
const FOR_BROWSERS = /^(?:VITE_.*|CLERK_SECRET_KEY)$/;

it("what browsers are given has no source maps", () => {
  expect(files.length).toBeGreaterThan(3);
  expect(
    files.filter(({ name, text }) => name.endsWith(".map") || text.includes("sourceMappingURL=")),
  ).toEqual([]);
});

it("schemas are read without zod, nowhere in it", () => {
  const readsSchemas = files.filter(
    ({ text }) => text.includes("lastCallbackAt:") && text.includes("not as agreed"),
  );
  expect(readsSchemas.map(({ name }) => name).join()).toMatch(/^assets\/panel-/);
  expect(files.filter(({ text }) => text.includes("invalid_type")).map(({ name }) => name)).toEqual([]);
});

it("the gallery and its recordings are in nothing that is built", () => {
  const signs = ["data-gallery", "dev/gallery", "recorded-server", "Besprechung Bauamt"];
  const sources = sourceFiles("app/panel/gallery", "app/routes").map((file) => readFileSync(file, "utf8"));
  const telling = signs.filter((sign) => sources.some((source) => source.includes(sign)));
  expect(telling.length).toBeGreaterThan(3);
  const found = [...files, ...builtFiles("server")].flatMap(({ name, text }) =>
    telling.filter((sign) => text.includes(sign)).map((sign) => `${name}: ${sign}`),
  );
  expect(found).toEqual([]);
});

it("the browser is given no name of a variable of the server, so nothing there reads one", () => {
  const names = Object.keys(envSchema.shape).filter((name) => name.includes("_") && !FOR_BROWSERS.test(name));
  expect(names.length).toBeGreaterThan(15);
  const found = files.flatMap(({ name, text }) =>
    names.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`),
  );
  expect(found).toEqual([]);
});

it("nothing of the server is in it: no import of Node's modules, no text of a module of its own", () => {
  const imports = files.filter(({ text }) => /(?:from|import\()\s*["'`]node:/.test(text));
  expect(imports.map(({ name }) => name)).toEqual([]);
  const sentences = serverSentences();
  expect(sentences.length).toBeGreaterThan(100);
  const found = files.flatMap(({ name, text }) =>
    sentences.filter((sentence) => text.includes(sentence)).map((sentence) => `${name}: ${sentence}`),
  );
  expect(found).toEqual([]);
});

it("no source of the browser's imports a module of the server by the way", () => {
  const sources = sourceFiles("app/panel", "app/components", "app/client", "app/locales");
  const leaks = sources.flatMap((file) =>
    importsOf(file)
      .filter(({ specifier }) => /\.server(?:\.tsx?)?$|#app\/server\//.test(specifier ?? ""))
      .map(({ specifier }) => `${file}: ${specifier}`),
  );
  expect(leaks).toEqual([]);
});

function builtFiles(folder: "client" | "server"): { name: string; text: string }[] {
  const path = join(BUILD, folder);
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:js|css|html|json|map)$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(path, name), "utf8") }));
}

/** Words of some length that stand in server modules, in quotes: what a leak would bring along. */
function serverSentences(): string[] {
  const shared = sourceFiles(
    "app/contract",
    "app/domain",
    "app/client",
    "app/panel",
    "app/components",
    "app/locales",
  )
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const texts = sourceFiles("app/server").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/"([^"\\\n]{24,200})"/g)].map(([, text = ""]) => text),
  );
  return [...new Set(texts)].filter((text) => !shared.includes(text) && !/^[#.@]|^node:/.test(text));
}
