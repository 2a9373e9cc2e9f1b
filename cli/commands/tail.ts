import { explain } from "../failures.ts";
import { openServer } from "../open-server.ts";
import { refuse } from "../options/readers.ts";
import { untilSignal } from "../until-signal.ts";
import { EVERYTHING } from "../watch/job-filter.ts";
import { openWatch } from "../watch/open-watch.ts";
import type { TailInvocation } from "./tail.command.ts";

/**
 * `jobmon tail`: shows jobs while they run, until a signal, until all named ones have ended (then the code of the exit
 * table), or until nothing runs any more. Ctrl-C leaves the jobs alone.
 */
export async function tail({ io, args, given }: TailInvocation): Promise<number> {
  const { locale } = io.environment;
  const isNamed = args.length > 0;
  if (given.noExit && !isNamed) refuse(locale, (usage) => usage.nothingNamed({ option: "--no-exit" }));
  return untilSignal(io, async (aborted) => {
    const server = await openServer(io.environment, given);
    const watch = await openWatch(io, {
      ...given,
      server,
      aborted,
      names: args,
      start: { last: given.lines, since: given.since?.(io.now()) },
      filter: { ...EVERYTHING, ...given },
      withLogs: given.logs,
      ends: given.untilIdle ? "idle" : isNamed && !given.noExit ? "decided" : "never",
    });
    try {
      return await watch.ended;
    } catch (error) {
      throw explain(error, { url: server.url, locale });
    } finally {
      watch.close();
    }
  });
}
