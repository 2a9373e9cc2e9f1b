import { bashCompletion } from "../completion/bash.ts";
import { completable } from "../completion/completable.ts";
import { fishCompletion } from "../completion/fish.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { EXIT } from "../exit-codes.ts";
import { readOneOf } from "../options/readers.ts";
import { type CompletionInvocation, SHELLS } from "./completion.command.ts";

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
const readShell = readOneOf(SHELLS);

/** `jobmon completion`: a script for the shell, made from the list of commands. */
export async function completion({ io, args }: CompletionInvocation): Promise<number> {
  const { locale } = io.environment;
  const { commands } = await import("../command-list.ts");
  io.stdout.write(SCRIPTS[readShell(args[0] ?? "", locale)](completable(commands, locale)));
  return EXIT.ok;
}
