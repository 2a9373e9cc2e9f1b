import { useEffect } from "react";
import done from "#app/components/favicon-done.svg?no-inline";
import failed from "#app/components/favicon-failed.svg?no-inline";
import running from "#app/components/favicon-running.svg?no-inline";
import type { Tally } from "./use-ended-jobs.ts";
import { useHidden } from "./use-hidden.ts";

const COUNTED = /^\(\d+\) /;
const usualIcons = new WeakMap<HTMLLinkElement, string>();

/**
 * What the tab of a page in the background tells: the number of jobs that have ended before its title, and an icon,
 * a ring while some run, then a check or, where one failed, a cross. In front it is as it always was.
 */
export function useTabSign(runningNow: number, { ended, failed: failures }: Tally): void {
  const isHidden = useHidden();
  const icon = failures > 0 ? failed : ended > 0 ? done : runningNow > 0 ? running : undefined;
  useEffect(() => {
    const title = document.title.replace(COUNTED, "");
    document.title = isHidden && ended > 0 ? `(${ended}) ${title}` : title;
    const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (link === null) return;
    const usual = usualIcons.get(link) ?? link.href;
    usualIcons.set(link, usual);
    link.href = (isHidden ? icon : undefined) ?? usual;
  }, [isHidden, ended, icon]);
}
