import { Check, Copy, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "./button.tsx";

const SHOWN_MS = 2_000;

export type CopyButtonProps = {
  /** What is copied; a function is asked when it is wanted. */
  text: string | (() => string);
  labels: { copy: string; done: string; failed: string };
  /** Show the icon alone. */
  isSmall?: boolean;
  /** Show the icon alone, and look like this. */
  look?: string;
};

/** Copies a text and says for two seconds whether it worked. */
export function CopyButton({ text, labels, isSmall = false, look }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copy" | "done" | "failed">("copy");
  useEffect(() => {
    if (outcome === "copy") return;
    const timer = setTimeout(() => setOutcome("copy"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    const wanted = typeof text === "string" ? text : text();
    try {
      await navigator.clipboard.writeText(wanted);
      setOutcome("done");
    } catch {
      setOutcome(copyByCommand(wanted) ? "done" : "failed");
    }
  }

  const Icon = { copy: Copy, done: Check, failed: TriangleAlert }[outcome];
  const tone = { copy: "", done: "text-ok", failed: "text-bad" }[outcome];
  if (isSmall || look !== undefined)
    return (
      <span className="relative grid shrink-0">
        <IconButton
          label={labels[outcome]}
          onClick={copy}
          {...(look === undefined ? {} : { className: look })}
        >
          <Icon size={14} aria-hidden className={tone} />
        </IconButton>
        <span aria-live="polite" className="sr-only">
          {outcome === "copy" ? "" : labels[outcome]}
        </span>
      </span>
    );
  return (
    <Button onClick={copy}>
      <Icon size={14} aria-hidden className={tone} />
      <span aria-live="polite">{labels[outcome]}</span>
    </Button>
  );
}

/** The way of before, for a page without TLS, which has no clipboard, and for one that may not use it; true where it worked. */
function copyByCommand(text: string): boolean {
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", give);
  const isCopied = document.execCommand("copy");
  document.removeEventListener("copy", give);
  return isCopied;
}
