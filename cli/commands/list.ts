import type { JobSummary } from "#app/contract/job.ts";
import { watchTexts } from "#app/locales/terminal-watch.ts";
import { EXIT } from "../exit-codes.ts";
import { explain } from "../failures.ts";
import { openServer } from "../open-server.ts";
import { lookFor } from "../output-options.ts";
import { renderJobTable } from "../render/job-table.ts";
import { untilSignal } from "../until-signal.ts";
import { listed, PAGE } from "../watch/first-look.ts";
import { EVERYTHING } from "../watch/job-filter.ts";
import { openWatch } from "../watch/open-watch.ts";
import type { ListInvocation } from "./list.command.ts";

/**
 * `jobmon list`: the jobs as they are now, as a table, one JSON document, or a line each as they arrive; with `--watch`
 * it begins with the same jobs and goes on as a tail.
 */
export async function list({ io, given }: ListInvocation): Promise<number> {
  const { locale } = io.environment;
  const { status, query: q, output, all } = given;
  const limit = all ? Infinity : given.limit;
  const server = await openServer(io.environment, given);
  const query = { ...(status.length > 0 && { status: [...status] }), ...(q !== undefined && { q }) };

  return untilSignal(io, async (aborted) => {
    try {
      if (given.watch) {
        const watch = await openWatch(io, {
          server,
          aborted,
          color: given.color,
          output: output === "wide" ? "text" : output,
          maxRetries: given.maxRetries,
          start: { last: limit },
          filter: { ...EVERYTHING, status, query: q ?? "" },
          ends: "never",
        });
        return await watch.ended.finally(watch.close);
      }
      const jobs: JobSummary[] = [];
      const first = await server.api.list({ ...query, limit: Math.min(limit, PAGE) });
      for await (const job of listed(server.api, first, query)) {
        if (jobs.push(job) > limit) break;
        if (output === "ndjson")
          io.stdout.write(`${JSON.stringify({ type: "job", cursor: first.head, ...job })}\n`);
      }
      const shown = jobs.slice(0, limit);
      if (output === "json") io.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
      if (output === "text" || output === "wide") {
        if (shown.length === 0) io.stderr.write(`${watchTexts[locale].none}\n`);
        const look = lookFor(io, given);
        const page = { look, now: io.now(), isWide: output === "wide" };
        io.stdout.write(
          renderJobTable(shown, { ...page, width: io.stdout.isTTY ? io.stdout.columns() : Infinity }),
        );
      }
      return EXIT.ok;
    } catch (error) {
      throw explain(error, { url: server.url, locale });
    }
  });
}
