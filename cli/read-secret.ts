import type { ReadStream } from "node:tty";
import type { Output } from "./io.ts";

/**
 * The first line of the input. On a terminal it is asked for and not shown; Ctrl-C and Ctrl-D are left to the process:
 * the one interrupts it, the other ends the line.
 */
export async function readSecret(
  prompt: string,
  { input, stderr, interrupt }: { input: ReadStream; stderr: Output; interrupt: () => void },
): Promise<string> {
  if (input.isTTY !== true) return (await readAll(input)).split(/\r?\n/, 1)[0] ?? "";
  // Raw before anybody is asked: what is typed at once must not be shown either.
  input.setRawMode(true);
  stderr.write(prompt);
  input.setEncoding("utf8");
  let line = "";
  try {
    for await (const text of input) {
      for (const character of String(text)) {
        if (character === "\r" || character === "\n" || character === "\u0004") return line;
        if (character === "\u0003") interrupt();
        else line = character === "\u007f" ? line.slice(0, -1) : line + character;
      }
    }
    return line;
  } finally {
    input.setRawMode(false);
    stderr.write("\n");
  }
}

async function readAll(input: ReadStream): Promise<string> {
  input.setEncoding("utf8");
  let text = "";
  for await (const chunk of input) text += String(chunk);
  return text;
}
