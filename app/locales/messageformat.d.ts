/** The compiler of messages, by what we use of it: its own types name a default export that Node does not see. */
declare module "@messageformat/core" {
  /** `#` and `{n, number}` are written as the locale does; with several, the first level of keys names them. */
  export default class MessageFormat {
    constructor(locales: string | string[]);
    /** Throws SyntaxError where the message is no ICU MessageFormat. */
    compile(message: string): (values: Record<string, unknown>) => string;
  }
}

declare module "@messageformat/core/compile-module.js" {
  import type MessageFormat from "@messageformat/core";
  /** An ES module whose default export has the messages as functions. */
  export default function compileModule(format: MessageFormat, messages: object): string;
}
