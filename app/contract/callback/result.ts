import { defined } from "#app/contract/defined.ts";
import type { JobResult } from "#app/contract/job.ts";
import { type Fields, isFields } from "./report.ts";

/**
 * The result in a final's `data`, of pdf, office, transformer, audio and video alike: text, every `*_url` as a link,
 * and what is not understood as it came. An office or transformer answer that was asked for holds its result one
 * level deeper (secretary-contract: asking it).
 */
export function readResult(data: Fields, metadata: unknown): JobResult | undefined {
  const source = isFields(data.data) && "request" in data ? data.data : data;
  const { extracted_text, transcription, images_archive_data: _, progress: __, ...rest } = source;
  const { metadata: ownMetadata, ...others } = rest;
  const text = isFields(transcription) ? transcription.text : extracted_text;
  const isLink = (entry: [string, unknown]): entry is [string, string] =>
    entry[0].endsWith("_url") && typeof entry[1] === "string";
  const links = Object.entries(others).filter(isLink);
  const more = Object.entries(others).filter((entry) => !isLink(entry) && entry[1] !== null);
  const result = defined({
    text: typeof text === "string" ? text : undefined,
    metadata: ownMetadata ?? metadata ?? undefined,
    data: more.length > 0 ? Object.fromEntries(more) : undefined,
  });
  if (links.length === 0 && Object.keys(result).length === 0) return undefined;
  return { links: links.map(([name, url]) => ({ name, url })), ...result };
}
