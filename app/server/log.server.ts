import { type Logger, pino } from "pino";
import { requestScope } from "#app/server/http/request-scope.server.ts";

export type Log = Logger;

/** The user part of an address: `mongodb://name:secret@host` in what a driver says. */
const CREDENTIALS = /(\w:\/\/)[^\s/@]+@/g;

const NOTHING = {};

/**
 * One JSON line per entry on stderr; stdout belongs to the line that says where the server listens. A line that is
 * written while a request is answered carries its `requestId`; of an error its code, message and stack are told,
 * without the credentials of any address, and nothing else it may carry.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      errorKey: "error",
      serializers: { error: describeError },
      // A line that has its id is not copied: there is one for every request.
      mixin: () => NOTHING,
      mixinMergeStrategy: (given) =>
        "requestId" in given ? given : { ...given, requestId: requestScope.getStore()?.id },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return withoutCredentials(String(error));
  const { name, message, stack, cause } = error;
  const code = "code" in error ? error.code : undefined;
  return {
    name,
    code: typeof code === "string" || typeof code === "number" ? code : undefined,
    message: withoutCredentials(message),
    stack: stack && withoutCredentials(stack),
    cause: cause === undefined ? undefined : describeError(cause),
  };
}

function withoutCredentials(text: string): string {
  return text.replace(CREDENTIALS, "$1[redacted]@");
}
