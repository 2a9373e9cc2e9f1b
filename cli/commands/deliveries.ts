import { EXIT } from "../exit-codes.ts";
import { explain } from "../failures.ts";
import { openServer } from "../open-server.ts";
import { lookFor } from "../output-options.ts";
import { renderDeliveries } from "../render/delivery-table.ts";
import { resolveJobId } from "../resolve-job-id.ts";
import type { ShowInvocation } from "./show.command.ts";

/** `jobmon deliveries`: what reached a job and what became of it, the newest first. */
export async function deliveries({ io, args, given }: ShowInvocation): Promise<number> {
  const { locale } = io.environment;
  const [name = ""] = args;
  const { url, api } = await openServer(io.environment, given);
  try {
    const { head } = await api.list({ limit: 1 });
    const jobId = await resolveJobId(api, name, locale);
    const all = await api.deliveries(jobId);
    if (given.output === "json") io.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    else if (given.output === "ndjson") {
      for (const delivery of all) {
        io.stdout.write(`${JSON.stringify({ type: "delivery", cursor: head, jobId, ...delivery })}\n`);
      }
    } else {
      const width = io.stdout.isTTY ? io.stdout.columns() : Infinity;
      io.stdout.write(renderDeliveries(all, { width, look: lookFor(io, given) }));
    }
    return EXIT.ok;
  } catch (error) {
    throw explain(error, { url, locale, jobId: name });
  }
}
