import { defined } from "#app/contract/defined.ts";
import { withoutSlashesBehind } from "#app/contract/without-slashes-behind.ts";
import type { CallbackBody } from "./body.ts";
import { isFields } from "#app/contract/fields.ts";
import type { CallbackPayload } from "./report.ts";

/**
 * The result in a final, of pdf, office, transformer, audio and video alike: text, every `*_url` as a link, and what
 * is not understood as it came. An office or transformer answer that was asked for holds its result one level deeper
 * (secretary-contract: asking it).
 */
export function readPayload(
  body: CallbackBody,
  { secretaryUrl }: { secretaryUrl?: string },
): CallbackPayload {
  const outer = isFields(body.data) ? body.data : {};
  const data = isFields(outer.data) && "request" in outer ? outer.data : outer;
  const { extracted_text, transcription, images_archive_data, progress: _, metadata, ...others } = data;
  const text = isFields(transcription) ? transcription.text : extracted_text;
  const links = Object.entries(others).filter(isLink);
  const more = Object.entries(others).filter((entry) => !isLink(entry) && entry[1] !== null);
  const content = defined({
    text: typeof text === "string" ? text : undefined,
    metadata: metadata ?? body.metadata ?? undefined,
    data: more.length > 0 ? Object.fromEntries(more) : undefined,
  });
  const hasResult = links.length > 0 || Object.keys(content).length > 0;
  const archive = [body.images_archive_data, images_archive_data].find(isText);
  return defined({
    result: hasResult
      ? { links: links.map(([name, url]) => ({ name, url: resolve(url, secretaryUrl) })), ...content }
      : undefined,
    archive,
  });
}

/** An empty text is no archive. */
function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isLink(entry: [string, unknown]): entry is [string, string] {
  return entry[0].endsWith("_url") && typeof entry[1] === "string";
}

/**
 * A relative address against the Secretary's base, which may have a path of its own; one that cannot be resolved stays as
 * it was sent.
 */
function resolve(url: string, base: string | undefined): string {
  if (base === undefined) return url;
  const isRooted = url.startsWith("/") && !url.startsWith("//");
  const below = isRooted ? `${withoutSlashesBehind(base)}${url}` : url;
  return URL.canParse(below, base) ? new URL(below, base).href : url;
}
