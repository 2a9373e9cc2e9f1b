import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { envSchema } from "../../app/server/env.server.ts";

const ROOT = join(import.meta.dirname, "../..");
const BEGIN = "<!-- configuration: written by node scripts/write-configuration.ts -->";
const END = "<!-- end of configuration -->";

const HEAD = `# Everything jobmon reads from the environment, with its defaults: it starts without any of this.
# A copy named .env in the working folder is read by \`jobmon serve\`; what the environment already says wins,
# and a flag wins over both. An empty value counts as absent.
# Written by \`node scripts/write-configuration.ts\` from app/server/env.server.ts.
`;

const variableSchema = z.object({
  description: z.string(),
  flag: z.string().optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

type Variable = z.infer<typeof variableSchema> & { name: string };

/** The files that tell of the configuration, by their path, as they should be. */
export function configurationFiles(): Record<string, string> {
  const variables = readVariables();
  const table = toTable(variables);
  return {
    ".env.example": [HEAD, ...variables.map(toExample)].join("\n"),
    "README.md": withTable("README.md", table),
    "docs/operations.md": withTable("docs/operations.md", table),
  };
}

/** Throws for a variable that does not say what it is for. */
function readVariables(): Variable[] {
  const { properties = {} } = z.toJSONSchema(envSchema, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).map(([name, told]) => ({ name, ...variableSchema.parse(told) }));
}

function toExample({ name, description, flag, default: value = "" }: Variable): string {
  const words = `${description}${flag === undefined ? "" : ` (${flag})`}`;
  const lines = words.match(/.{1,108}(?:\s|$)/g) ?? [];
  return `${lines.map((line) => `# ${line.trim()}\n`).join("")}${name}=${/['\s#]/.test(String(value)) ? `"${value}"` : value}\n`;
}

/** A table as the formatter leaves it: every column as wide as its widest cell. */
function toTable(variables: Variable[]): string {
  const rows = variables.map(({ name, flag, default: value, description }) => [
    `\`${name}\``,
    flag === undefined ? "" : `\`${flag}\``,
    value === undefined ? "" : String(value),
    description,
  ]);
  const head = ["variable", "flag", "default", "what it is for"];
  const widths = head.map((title, n) => Math.max(title.length, ...rows.map((row) => row[n]?.length ?? 0)));
  const lineOf = (cells: string[]) =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(" | ")} |`;
  return [head, widths.map((width) => "-".repeat(width)), ...rows].map(lineOf).join("\n");
}

function withTable(path: string, table: string): string {
  const text = readFileSync(join(ROOT, path), "utf8");
  const [before, rest] = text.split(`${BEGIN}\n`);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} has no place for the table`);
  return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
}
