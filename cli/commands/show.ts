import { EXIT } from "../exit-codes.ts";
import { explain } from "../failures.ts";
import { openServer } from "../open-server.ts";
import { lookFor } from "../output-options.ts";
import { renderJob } from "../render/job-page.ts";
import { resolveJobId } from "../resolve-job-id.ts";
import type { ShowInvocation } from "./show.command.ts";

/** `jobmon show`: everything about one job but its log, as a page for people or the server's own JSON. */
export async function show({ io, args, given }: ShowInvocation): Promise<number> {
  const { locale } = io.environment;
  const [name = ""] = args;
  const { url, api } = await openServer(io.environment, given);
  try {
    const { head } = await api.list({ limit: 1 });
    const job = await api.detail(await resolveJobId(api, name, locale));
    if (given.output === "text") {
      const width = io.stdout.isTTY ? io.stdout.columns() : Infinity;
      io.stdout.write(renderJob(job, { url, width, now: io.now(), look: lookFor(io, given) }));
    } else if (given.output === "json") io.stdout.write(`${JSON.stringify(job, null, 2)}\n`);
    else io.stdout.write(`${JSON.stringify({ type: "job", cursor: head, ...job })}\n`);
    return EXIT.ok;
  } catch (error) {
    throw explain(error, { url, locale, jobId: name });
  }
}
