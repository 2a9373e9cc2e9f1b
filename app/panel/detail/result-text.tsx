import { Download } from "lucide-react";
import { Button } from "#app/components/ui/button.tsx";
import { CopyButton } from "#app/components/ui/copy-button.tsx";
import { saveText } from "./save-text.ts";
import { useDetailTexts } from "./use-detail-texts.ts";
import type { ResultTextState } from "./use-result-text.ts";

/** More than this is not shown, only copied and saved. */
const SHOWN = 20_000;

/** The text of a result to read, copy and keep. */
export function ResultText(props: { title: string; state: ResultTextState; retry: () => void }) {
  const { title, state, retry } = props;
  const { result, copied, notCopied, ...texts } = useDetailTexts();
  if (state === "loading") return <p className="text-sm text-muted">{result.loading}</p>;
  if (state === "failed")
    return (
      <div role="alert" className="flex flex-wrap items-center gap-2 text-sm text-bad">
        {result.loadFailed}
        <Button onClick={retry}>{texts.retry}</Button>
      </div>
    );
  const { text } = state;
  if (text === "") return <p className="text-sm text-muted">{result.noText}</p>;
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-bg">
      <div
        dir="auto"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region needs the keyboard
        tabIndex={0}
        className="max-h-60 overflow-y-auto p-2.5 wrap-anywhere whitespace-pre-wrap"
      >
        {text.slice(0, SHOWN)}
        {text.length > SHOWN && <p className="text-faint">{result.cut({ characters: text.length })}</p>}
      </div>
      <div className="flex flex-wrap gap-1.5 border-t border-line p-1.5">
        <CopyButton text={text} labels={{ copy: result.copy, done: copied, failed: notCopied }} />
        <Button onClick={() => saveText(result.textFile({ title }), text)}>
          <Download size={14} aria-hidden />
          {result.download}
        </Button>
      </div>
    </div>
  );
}
