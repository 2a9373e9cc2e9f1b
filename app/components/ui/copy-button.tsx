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
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : text());
      setOutcome("done");
    } catch {
      setOutcome("failed");
    }
  }

  const Icon = { copy: Copy, done: Check, failed: TriangleAlert }[outcome];
  if (isSmall || look !== undefined)
    return (
      <IconButton label={labels[outcome]} onClick={copy} {...(look === undefined ? {} : { className: look })}>
        <Icon size={14} aria-hidden />
      </IconButton>
    );
  return (
    <Button onClick={copy}>
      <Icon size={14} aria-hidden />
      <span aria-live="polite">{labels[outcome]}</span>
    </Button>
  );
}
