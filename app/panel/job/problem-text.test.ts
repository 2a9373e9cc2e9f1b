import { expect, it } from "vitest";
import { ApiError } from "#app/client/jobs-api.ts";
import { problemText } from "./problem-text.ts";

it.each([
  [0, "unreachable", "jobmon antwortet nicht. Nichts wurde geändert."],
  [503, "unavailable", "jobmon antwortet nicht. Nichts wurde geändert."],
  [404, "not_found", "Diesen Job gibt es nicht mehr."],
  [409, "already_final", "Der Job ist schon zu Ende."],
  [409, "not_final", "Der Job läuft wieder. Erst abbrechen oder sein Ende abwarten."],
  [403, "forbidden", "Das ging nicht: you may not"],
])("says what %d %s means for the person", (status, code, text) => {
  expect(problemText(new ApiError(status, code, "you may not"), "de")).toBe(text);
});
