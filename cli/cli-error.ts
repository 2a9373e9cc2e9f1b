/** A failure with everything a person needs: what, what to do next, and the code the process ends with. */
export class CliError extends Error {
  readonly exitCode: number;
  readonly hint: string;

  constructor(failure: { message: string; hint: string }, exitCode: number, options?: ErrorOptions) {
    super(failure.message, options);
    this.hint = failure.hint;
    this.exitCode = exitCode;
  }
}

/** A failure as the locales word it, its values filled in. */
export function failureOf<Values>(
  text: { message: (values: Values) => string; hint: string },
  values: Values,
): { message: string; hint: string } {
  return { message: text.message(values), hint: text.hint };
}
