import { expect, it } from "vitest";
import { importsOf, membersOf, sourceFiles } from "./architecture/read-source.ts";
import { refusedImports, refusedProperties } from "./architecture/refused.ts";

const refusedMembers = refusedProperties.map(({ object, property }) => `${object}.${property}`);

it("nobody follows the stream with useEventSource, and one module alone opens streams", () => {
  const broken = sourceFiles("app", "cli").flatMap((file) => refusedImportsOf(file));
  expect(broken).toEqual([]);
});

it("nobody combines abort signals or has them time out", () => {
  const broken = sourceFiles("app", "cli").flatMap((file) => refusedMembersOf(file));
  expect(broken).toEqual([]);
});

it("both would be found", () => {
  const source =
    'import { useEventSource } from "remix-utils/sse/react"; fetch(url, { signal: AbortSignal.timeout(5) });';
  expect(refusedImportsOf("app/panel/x.tsx", source)).toEqual([expect.stringContaining("a burst loses")]);
  expect(refusedMembersOf("app/panel/x.tsx", source)).toEqual(["app/panel/x.tsx uses AbortSignal.timeout"]);
});

function refusedImportsOf(file: string, source?: string): string[] {
  const specifiers = importsOf(file, source).map(({ specifier }) => specifier);
  return refusedImports
    .filter(({ specifier, except }) => file !== except && specifiers.includes(specifier))
    .map(({ specifier, because }) => `${file} imports ${specifier}. ${because}`);
}

function refusedMembersOf(file: string, source?: string): string[] {
  return membersOf(file, refusedMembers, source).map((member) => `${file} uses ${member}`);
}
