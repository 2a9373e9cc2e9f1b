import { expect, test } from "vitest";
import { titleOf } from "./title-of.ts";

test.each([
  [["./backup.sh", "--full"], "backup.sh --full"],
  [["/usr/bin/curl", "--token=geheim", "https://x"], "curl --token=… https://x"],
  [["deploy", "--api-key", "geheim", "now"], "deploy --api-key … now"],
  [["mysqldump", "--password", "geheim"], "mysqldump --password …"],
  [["sh", "-c", "echo a;\n  echo b"], "sh -c echo a; echo b"],
  [["x", "y".repeat(200)], `x ${"y".repeat(117)}…`],
])("%j is called %j", (command, title) => {
  expect(titleOf(command)).toBe(title);
});
