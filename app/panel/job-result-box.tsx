import { ChevronRight, Download, ExternalLink } from "lucide-react";
import type { JobDetail } from "#app/contract/http.ts";
import { formatBytes } from "#app/locales/numbers.ts";
import { useTexts } from "./panel-context.tsx";

const TEXT_SHOWN = 20_000;
const linkLook =
  "inline-flex h-7 max-w-full items-center gap-1.5 rounded-[7px] border border-line-strong bg-bg px-2.5 text-sm font-medium hover:bg-hover";

/** What the job left behind: its text folded, its files to download, its links to follow. */
export function JobResultBox({ detail: { artifacts, result, resultFile } }: { detail: JobDetail }) {
  const { texts, locale } = useTexts();
  const files = resultFile ? [...artifacts, { ...resultFile, name: texts.result.file }] : artifacts;
  const links = (result?.links ?? []).filter(({ url }) => isWebAddress(url));
  const text = result?.text ?? "";
  return (
    <>
      {text !== "" && <ResultText text={text} />}
      {files.length + links.length > 0 && (
        <ul aria-label={texts.result.files} className="flex flex-wrap gap-1.5">
          {files.map(({ name, size, url }) => (
            <li key={name} className="max-w-full">
              <a href={url} download className={linkLook}>
                <Download size={14} aria-hidden className="shrink-0" />
                <span className="truncate">{name}</span>
                <span className="shrink-0 font-normal text-muted">{formatBytes(size, locale)}</span>
              </a>
            </li>
          ))}
          {links.map(({ name, url }) => (
            <li key={name} className="max-w-full">
              <a href={url} target="_blank" rel="noreferrer" className={linkLook}>
                <ExternalLink size={14} aria-hidden className="shrink-0" />
                <span className="truncate">{name}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function ResultText({ text }: { text: string }) {
  const { texts } = useTexts();
  const isLong = text.length > TEXT_SHOWN;
  return (
    <details className="group overflow-hidden rounded-lg border border-line bg-bg">
      <summary className="flex h-8 cursor-pointer items-center gap-1 px-2 text-sm font-medium text-muted hover:bg-hover">
        <ChevronRight size={14} aria-hidden className="transition-transform group-open:rotate-90" />
        {texts.result.text}
      </summary>
      <div
        className="max-h-60 overflow-y-auto border-t border-line p-2.5 wrap-anywhere whitespace-pre-wrap"
        dir="auto"
      >
        {isLong ? text.slice(0, TEXT_SHOWN) : text}
        {isLong && <p className="text-faint">{texts.result.cut({ characters: text.length })}</p>}
      </div>
    </details>
  );
}

/** A worker's text is never an address to run: only http and https become links. */
function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
