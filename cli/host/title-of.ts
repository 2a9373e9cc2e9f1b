import { basename } from "node:path";

const LONGEST = 120;
const SECRET = /^--?[\w-]*(?:token|password|passwd|secret|api[_-]?key|authorization)[\w-]*/i;

/** What a command is called where nobody gave it a title: as it was typed, without its folder and without secrets. */
export function titleOf([file = "", ...args]: readonly string[]): string {
  const shown = args.map((arg, at) => {
    const [name] = SECRET.exec(arg) ?? [];
    if (name !== undefined) return arg.includes("=") ? `${name}=…` : arg;
    const before = args[at - 1] ?? "";
    return SECRET.test(before) && !before.includes("=") ? "…" : arg;
  });
  const title = [basename(file), ...shown].join(" ").replaceAll(/\s+/g, " ").trim();
  return title.length > LONGEST ? `${title.slice(0, LONGEST - 1)}…` : title;
}
