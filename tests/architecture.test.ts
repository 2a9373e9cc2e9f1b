import { expect, test } from "vitest";
import { forbiddenImport } from "./architecture/check-imports.ts";
import { importsOf, impureCallsOf, sourceFiles } from "./architecture/read-source.ts";

test("every import stays within the boundaries", () => {
  const broken = sourceFiles("app", "cli").flatMap((file) => complaintsAbout(file));
  expect(broken).toEqual([]);
});

test.each([
  ["app/contract/job.ts", `import { z } from "zod"; import { defined } from "./defined.ts";`],
  ["app/domain/reduce-job.ts", `import type { Job } from "#app/contract/job.ts";`],
  ["app/client/open-stream.ts", `import { createParser } from "eventsource-parser";`],
  [
    "app/routes/home.tsx",
    `import { Panel } from "#app/panel/panel.tsx"; import type { Route } from "./+types/home.ts";`,
  ],
  ["app/root.tsx", `import "./app.css"; import styles from "./app.css?url";`],
  ["app/routes/stream.ts", `import { services } from "#app/server/services.server.ts";`],
  ["cli/commands/serve.ts", `await import(pathToFileURL(path).href);`],
])("%s may write: %s", (file, source) => {
  expect(complaintsAbout(file, source)).toEqual([]);
});

test.each([
  [
    "app/contract/job.ts",
    `import { readFileSync } from "node:fs";`,
    "The contract is the shapes on the wire",
  ],
  ["app/domain/reduce-job.ts", `import { z } from "zod";`, "The domain is pure"],
  ["app/domain/reduce-job.ts", `export * from "../server/log.server.ts";`, "The domain is pure"],
  ["app/client/fold.ts", `import { atom } from "jotai";`, "The stream client runs in the browser"],
  ["app/server/services.server.ts", `import { de } from "#app/locales/de.ts";`, "The server knows contract"],
  ["app/panel/row.tsx", `import type { JobBus } from "#app/server/bus/job-bus.ts";`, "never the server"],
  ["app/components/ui/sheet.tsx", `const fs = await import("node:fs");`, "never the server"],
  ["app/routes/callback.ts", `import { Row } from "#app/panel/row.tsx";`, "A resource route is HTTP only"],
  ["app/routes/home.tsx", `import "#app/server/repository/job-repository.ts";`, "never repository, bus"],
  ["app/locales/de.ts", `import { x } from "#app/panel/x.ts";`, "The locales are texts"],
  ["cli/tail.ts", `import { log } from "../app/server/log.server.ts";`, "only `jobmon serve`"],
  ["cli/tail.ts", `import(path);`, "only `jobmon serve`"],
  ["app/misc/x.ts", `import "zod";`, "stands under no row"],
])("%s may not write: %s", (file, source, sentence) => {
  expect(complaintsAbout(file, source)).toEqual([expect.stringContaining(sentence)]);
});

test("contract and domain ask neither the clock nor dice", () => {
  const broken = sourceFiles("app/contract", "app/domain").flatMap((file) =>
    impureCallsOf(file).map(
      (call) => `${file} calls ${call}: the caller passes time and ids in as arguments.`,
    ),
  );
  expect(broken).toEqual([]);
});

test("a clock in the domain would be found", () => {
  const source =
    "const a = Date.now(); const b = new Date(); const c = new Date(a); const d = Math.random();";
  expect(impureCallsOf("app/domain/x.ts", source).sort()).toEqual(["Date.now", "Math.random", "new Date()"]);
});

test("what does I/O in app/server is named .server.ts, so that the build keeps it out of the browser", () => {
  const broken = sourceFiles("app/server")
    .filter((file) => !file.endsWith(".server.ts"))
    .filter((file) => importsOf(file).some(({ specifier, typeOnly }) => !typeOnly && reachesOut(specifier)));
  expect(broken).toEqual([]);
});

function complaintsAbout(file: string, source?: string) {
  return importsOf(file, source).flatMap(({ specifier }) => forbiddenImport(file, specifier) ?? []);
}

/** A value import of a package other than zod, of Node, or of a file that has the suffix itself. */
function reachesOut(specifier = "") {
  return /^(?!zod$)[^.#]/.test(specifier) || specifier.endsWith(".server.ts");
}
