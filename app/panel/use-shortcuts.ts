import { useStore } from "jotai";
import { useEffect } from "react";
import { coverAtom, preferencesAtom } from "./panel-state.ts";

/**
 * The keys that work wherever the focus is: Alt+J, and `/` and `?` unless the reader has switched single keys off
 * (WCAG 2.1.4). None of them while somebody types.
 */
export function useShortcuts(actions: { toggle: () => void; search: () => void }): void {
  const store = useStore();
  const { toggle, search } = actions;

  useEffect(() => {
    function listen(event: KeyboardEvent): void {
      if (event.code === "KeyJ" && event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        toggle();
        return;
      }
      const isModified = event.altKey || event.ctrlKey || event.metaKey;
      if (isModified || isTyping(event.target) || store.get(preferencesAtom).keys === "off") return;
      if (event.key === "/") search();
      else if (event.key === "?") store.set(coverAtom, "help");
      else return;
      event.preventDefault();
    }
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [store, toggle, search]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select")
  );
}
