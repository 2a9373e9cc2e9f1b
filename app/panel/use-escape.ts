import { useStore } from "jotai";
import type { RefObject } from "react";
import { rowButtonId } from "#app/panel/list/row-button-id.ts";
import { coverAtom, openJobAtom } from "./panel-state.ts";

/**
 * What Escape closes: what was opened last. A menu or an explanation, what covers the list, the search with the focus in it, the open row, whose
 * focus stays on it; only without any of these it is the panel.
 */
export function useEscape(options: {
  search: RefObject<HTMLInputElement | null>;
  isSearching: boolean;
  closeSearch: () => void;
}): (event: KeyboardEvent) => void {
  const store = useStore();
  const { search, isSearching, closeSearch } = options;

  return (event) => {
    const openJob = store.get(openJobAtom);
    const popover = document.querySelector<HTMLElement>(":popover-open");
    if (popover !== null) popover.hidePopover();
    else if (store.get(coverAtom) !== undefined) store.set(coverAtom, undefined);
    else if (isSearching && search.current?.form?.contains(document.activeElement)) closeSearch();
    else if (openJob !== undefined) {
      store.set(openJobAtom, undefined);
      document.getElementById(rowButtonId(openJob))?.focus();
    } else return;
    event.preventDefault();
  };
}
