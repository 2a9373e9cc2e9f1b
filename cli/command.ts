import type { Localized } from "#app/locales/locale.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import type { Given, OptionSpecs } from "./options/option.ts";
import type { Package } from "./package.ts";

/** Where the help of jobmon lists a command. */
export type CommandGroup = "watch" | "act" | "report" | "serve" | "setup";

export type Example = { says: Localized<string>; command: string };

/** What the action of a command gets: the world, its arguments in order, its options decoded. */
export type Invocation<Options extends OptionSpecs> = {
  io: Io;
  pkg: Package;
  args: readonly string[];
  given: Given<Options>;
};

/**
 * Everything about a command except what it does: parser, help, man page, docs/cli.md and completion are made from it.
 * `load` imports the action, so that nothing is loaded for a command that does not run.
 */
type CommandSpec<Options extends OptionSpecs> = {
  /** One word, or two as in `config set`. */
  name: string;
  group: CommandGroup;
  /** Started by jobmon itself: in no list and no documentation. */
  hidden?: boolean;
  summary: Localized<string>;
  /** What the summary leaves open, in paragraphs. */
  description?: readonly Localized<string>[];
  /** As in `<jobId>`, `[jobId...]`; in this order. */
  arguments?: Readonly<Record<string, Localized<string>>>;
  /** What its first argument can be, for the completion; jobs and files are known by their names. */
  argumentChoices?: readonly string[];
  options: Options;
  examples: readonly Example[];
  exitCodes: readonly ExitCode[];
  /** Everything after the first argument belongs to somebody else: `run -- cmd --flag`. */
  passThrough?: boolean;
  load(): Promise<(invocation: Invocation<Options>) => Promise<number>>;
};

/** A command as parser and documentation know it: with the types of its options forgotten. */
export type Command = Omit<CommandSpec<OptionSpecs>, "load"> & {
  run(invocation: Omit<Invocation<OptionSpecs>, "given"> & { raw: RawOptions }): Promise<number>;
};

/** What stood on the command line, by the name the parser gives an option; texts, not yet decoded. */
export type RawOptions = Readonly<Record<string, unknown>>;

/** Defines a command; its action gets exactly the options it declares, decoded. */
export function defineCommand<Options extends OptionSpecs>(spec: CommandSpec<Options>): Command {
  const { load, ...rest } = spec;
  return {
    ...rest,
    async run({ raw, ...invocation }) {
      const { decodeOptions } = await import("./options/decode-options.ts");
      const given = decodeOptions(spec.options, raw, invocation.io.environment.locale);
      const action = await load();
      return action({ ...invocation, given });
    },
  };
}
