import type { Environment } from "./environment.ts";

/** One of the two outputs. Sizes are in cells and read anew each time, because a window changes. */
export type Output = {
  write(text: string): void;
  isTTY: boolean;
  columns(): number;
  rows(): number;
  /** Calls back after the window changed its size; gives back what ends that. */
  onResize(listener: () => void): () => void;
};

/** Everything a command touches of the world: data goes to `stdout`, talk to `stderr`. */
export type Io = {
  stdout: Output;
  stderr: Output;
  environment: Environment;
  now(): number;
  /** The first line of the input; on a terminal asked for with `prompt` and not shown. */
  readSecret(prompt: string): Promise<string>;
  /** Calls back with the exit code a signal stands for (130 for SIGINT); gives back what ends that. */
  onSignal(listener: (exitCode: number) => void): () => void;
};
