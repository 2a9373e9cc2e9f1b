import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ApiError } from "#app/client/jobs-api.ts";
import type { JobDetail } from "#app/contract/http.ts";
import { formatBytes } from "#app/locales/numbers.ts";
import { fetchedFileText } from "#app/locales/secretary-notes.ts";
import { secretaryTexts } from "#app/locales/secretary.ts";
import { CliError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { explain } from "../failures.ts";
import { openServer, type Server } from "../open-server.ts";
import { safeLine } from "../render/safe-line.ts";
import { resolveJobId } from "../resolve-job-id.ts";
import type { ArtifactsInvocation } from "./artifacts.command.ts";

type Artifact = JobDetail["artifacts"][number];

/** A name that leaves no folder, whatever a server says. */
const SAFE_NAME = /^[\w-][\w.-]*$/;

/** `jobmon artifacts`: the files of a job, and those that did not come; fetched again and saved where that is asked for. */
export async function artifacts({ io, args, given }: ArtifactsInvocation): Promise<number> {
  const { locale } = io.environment;
  const [name = ""] = args;
  const server = await openServer(io.environment, given);
  const { url, api } = server;
  try {
    const jobId = await resolveJobId(api, name, locale);
    if (given.fetch) {
      const { fetching } = await api.fetchAgain(jobId);
      io.stderr.write(`${secretaryTexts[locale].fetching(fetching)}\n`);
    }
    const job = await api.detail(jobId, 1);
    if (given.save !== undefined) await saveAll(server, job.artifacts, given.save);
    const files = { artifacts: job.artifacts, files: job.files ?? [] };
    if (given.output === "json") io.stdout.write(`${JSON.stringify(files, null, 2)}\n`);
    else if (given.output === "ndjson") {
      io.stdout.write(`${JSON.stringify({ type: "artifacts", jobId, ...files })}\n`);
    } else io.stdout.write(linesOf(job, { dir: given.save, locale }));
    return EXIT.ok;
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) {
      throw new CliError(secretaryTexts[locale].nothingToFetch, EXIT.unavailable, { cause: error });
    }
    throw explain(error, { url, locale, jobId: name });
  }
}

function linesOf(
  { artifacts: here, files = [] }: JobDetail,
  { dir, locale }: { dir: string | undefined; locale: ArtifactsInvocation["io"]["environment"]["locale"] },
): string {
  const lines = here.map(
    ({ name, type, size }) =>
      `${dir === undefined ? name : join(dir, name)}  ${type}  ${formatBytes(size, locale)}`,
  );
  for (const file of files) {
    if (file.state !== "stored") lines.push(`${file.name}  ${fetchedFileText(file, locale)}`);
  }
  return lines.map((line) => `${safeLine(line)}\n`).join("");
}

/** One after the other; a file that is there already is left alone, and ends it. */
async function saveAll({ url, fetch }: Server, files: readonly Artifact[], dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const { name, url: path } of files) {
    if (!SAFE_NAME.test(name)) throw new Error(`${safeLine(name)} is no name of a file`);
    const response = await fetch(new URL(path, url));
    if (!response.ok || response.body === null) {
      throw new ApiError(response.status, "http_error", response.statusText);
    }
    await pipeline(response.body, createWriteStream(join(dir, name), { flags: "wx" }));
  }
}
