import { Download, ExternalLink, FileText } from "lucide-react";
import type { ReactNode } from "react";
import type { JobDetail } from "#app/contract/http.ts";
import { formatBytes } from "#app/locales/numbers.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { ResultText } from "./result-text.tsx";
import { useDetailTexts } from "./use-detail-texts.ts";
import { useResultText } from "./use-result-text.ts";

/** What the job left behind: its text to read, its files to download, its links to follow. */
export function ResultBox({ detail }: { detail: JobDetail }) {
  const { artifacts, result, resultFile, title } = detail;
  const texts = useDetailTexts().result;
  const text = useResultText(detail);
  const links = (result?.links ?? []).filter(({ url }) => isWebAddress(url));
  if (resultFile === undefined && artifacts.length + links.length === 0) return null;
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <ul aria-label={texts.files} className="flex flex-wrap gap-1.5">
        {text.canShow && (
          <li>
            <button type="button" aria-expanded={text.isOpen} onClick={text.toggle} className={LOOK}>
              <FileText size={14} aria-hidden className="shrink-0" />
              {text.isOpen ? texts.hide : texts.show}
            </button>
          </li>
        )}
        {artifacts.map((file) => (
          <FileLink key={file.name} {...file} />
        ))}
        {resultFile && <FileLink name={texts.file} type="application/json" {...resultFile} />}
        {links.map(({ name, url }) => (
          <LinkItem key={name} title={url}>
            <a href={url} target="_blank" rel="noreferrer" className={LOOK}>
              <ExternalLink size={14} aria-hidden className="shrink-0" />
              <bdi className="truncate">{name}</bdi>
            </a>
          </LinkItem>
        ))}
      </ul>
      {text.isOpen && <ResultText title={title} state={text.state} retry={text.load} />}
    </div>
  );
}

const LOOK =
  "inline-flex h-7 max-w-full items-center gap-1.5 rounded-[7px] border border-line-strong bg-bg px-2.5 text-sm font-medium hover:bg-hover";

function FileLink({ name, type, size, url }: JobDetail["artifacts"][number]) {
  const { locale } = usePanel();
  return (
    <LinkItem title={`${name} · ${type}`}>
      <a href={url} download className={LOOK}>
        <Download size={14} aria-hidden className="shrink-0" />
        <bdi className="truncate">{name}</bdi>
        <span className="shrink-0 font-normal text-muted tabular-nums">
          {[shortType(type), formatBytes(size, locale)]
            .filter((part) => !name.endsWith(`.${part}`))
            .join(" · ")}
        </span>
      </a>
    </LinkItem>
  );
}

function LinkItem({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li title={title} className="max-w-full">
      {children}
    </li>
  );
}

/** „zip“ of `application/zip`, „plain“ of `text/plain; charset=utf-8`; a long vendor's name in its last part. */
function shortType(type: string): string {
  const [, subtype = type] = type.replace(/;.*/, "").split("/");
  return subtype.split(/[.+-]/).at(-1) ?? subtype;
}

/** A worker's text is never an address to run: only http and https become links. */
function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
