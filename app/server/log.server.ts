import { type Logger, pino } from "pino";

export type Log = Logger;

/** One JSON line per entry on stderr; stdout belongs to the line that says where the server listens. */
export function createLog(level: string): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
}
