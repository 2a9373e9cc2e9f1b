/** Where a terminal is involved, Ctrl-C and Ctrl-\ reach the command by themselves. */
const FROM_KEYBOARD = ["SIGINT", "SIGQUIT"] as const;
const FORWARDED = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const;
/** After these a command that ends was ended. */
const ENDING: readonly NodeJS.Signals[] = [...FROM_KEYBOARD, "SIGTERM", "SIGHUP"];

/**
 * Takes the signals that are sent to us and hands them to the command, which decides what they mean; none of them ends
 * us. `onEnding` hears of those that ask for an end. Gives back what hands the signals back.
 */
export function forwardSignals(options: {
  /** One of our inputs and outputs is a terminal. */
  isOnTerminal: boolean;
  forward: (signal: NodeJS.Signals) => void;
  onEnding: (signal: NodeJS.Signals) => void;
}): () => void {
  const taken = [...FROM_KEYBOARD, ...FORWARDED].map((signal) => {
    const isHeardAnyway = options.isOnTerminal && FROM_KEYBOARD.some((other) => other === signal);
    const take = (): void => {
      if (ENDING.includes(signal)) options.onEnding(signal);
      if (!isHeardAnyway) options.forward(signal);
    };
    process.on(signal, take);
    return () => void process.off(signal, take);
  });
  return () => taken.forEach((release) => release());
}
