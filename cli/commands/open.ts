import { openBrowser } from "../demo/open-browser.ts";
import { EXIT } from "../exit-codes.ts";
import { explain } from "../failures.ts";
import { openServer } from "../open-server.ts";
import { resolveJobId } from "../resolve-job-id.ts";
import type { OpenInvocation } from "./open.command.ts";

/** `jobmon open`: the panel, or the page of a job, in the browser; where there is none, its address on stdout. */
export async function open({ io, args, given }: OpenInvocation): Promise<number> {
  const { locale, hasDesktop } = io.environment;
  const { url, api } = await openServer(io.environment, given);
  const [job] = args;
  try {
    const path = job === undefined ? "" : `jobs/${encodeURIComponent(await resolveJobId(api, job, locale))}`;
    const address = `${url}/${path}`;
    if (given.print || !hasDesktop) io.stdout.write(`${address}\n`);
    else {
      openBrowser(address);
      io.stderr.write(`${address}\n`);
    }
    return EXIT.ok;
  } catch (error) {
    throw explain(error, { url, locale, ...(job === undefined ? {} : { jobId: job }) });
  }
}
