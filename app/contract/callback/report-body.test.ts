import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { reportBody } from "./report-body.ts";
import { translateCallback } from "./translate-callback.ts";

const FOLDER = join(import.meta.dirname, "../../../tests/fixtures/callbacks");
const dialogueSchema = z.object({ callbacks: z.array(z.object({ body: z.unknown() })) });
const dialogues = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

it.each(dialogues)("says the same again of every callback in %s", (name) => {
  const { callbacks } = dialogueSchema.parse(JSON.parse(readFileSync(join(FOLDER, name), "utf8")));
  for (const { body } of callbacks) {
    // Files are not part of what is said.
    const { hasArchive: _, ...report } = translated(body);
    expect(translated(reportBody(report))).toEqual(report);
  }
});

it("says several lines and the level of its own again", () => {
  const body = {
    logs: ["eins", { level: "warn", message: "zwei" }],
    message: "drei",
    level: "debug",
    seq: 4,
  };
  expect(reportBody(translated(body))).toEqual({
    message: "drei",
    level: "debug",
    seq: 4,
    logs: [
      { level: "info", message: "eins" },
      { level: "warn", message: "zwei" },
    ],
  });
});

function translated(body: unknown) {
  const translation = translateCallback(body);
  if ("fault" in translation) throw new Error(translation.fault.message);
  return translation.report;
}
