import { expect, test } from "vitest";
import { commands } from "../command-list.ts";
import { textWidth } from "../render/text-width.ts";
import { renderExitCodes } from "./help-topics.ts";
import { renderCommandHelp, renderOverview } from "./render-help.ts";
import { renderTerms, wrap } from "./wrap.ts";

const shown = commands.filter(({ hidden }) => hidden !== true);

test.each(["de", "en"] as const)("in %s every command has its usage, examples and exit codes", (locale) => {
  const page = { locale, width: 80 };
  for (const command of shown) {
    const text = renderCommandHelp(command, page);
    expect(text).toContain(`\n  jobmon ${command.name}`);
    expect(text).toMatch(/\n {2}# .+\n {2}\$ /);
    expect(text).toMatch(locale === "de" ? /\nEXIT-CODES\n {2}0 / : /\nEXIT CODES\n {2}0 /);
    expect(renderOverview(commands, page)).toContain(`\n  ${command.name} `);
  }
});

test("no line of the help is wider than eighty columns", () => {
  const pages = shown.map((command) => renderCommandHelp(command, { locale: "de", width: 80 }));
  const overview = renderOverview(commands, { locale: "en", width: 80 });
  const lines = [...pages, overview, renderExitCodes({ locale: "de", width: 80 })].join("\n").split("\n");
  const isProse = (line: string): boolean => !line.startsWith("  $ ") && !line.startsWith("  # ");
  expect(lines.filter(isProse).filter((line) => textWidth(line) > 80)).toEqual([]);
});

test("words are wrapped, never cut", () => {
  expect(wrap("eins zwei drei", 9)).toEqual(["eins zwei", "drei"]);
  expect(wrap("einundzwanzig", 5)).toEqual(["einundzwanzig"]);
});

test("below fifty columns the meaning stands under its term", () => {
  expect(renderTerms([["-n", "eins"]], 40)).toBe("  -n\n      eins\n");
  expect(renderTerms([["-n", "eins"]], 80)).toBe("  -n  eins\n");
});
