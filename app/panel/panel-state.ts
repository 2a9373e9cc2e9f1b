import { atom } from "jotai";
import type { Preferences } from "#app/contract/preferences.ts";

/** What covers the list for a while. */
export type Cover = "settings" | "help" | undefined;

/** Whether the panel is open. */
export const isPanelOpenAtom = atom(true);

/** The one job whose row is open. */
export const openJobAtom = atom<string | undefined>(undefined);

/** The job that has a page of its own, behind the panel. */
export const pageJobAtom = atom<string | undefined>(undefined);

/** What lies over the list. */
export const coverAtom = atom(
  (get) => get(coveredAtom)?.cover,
  (get, set, cover: Cover) => {
    const { before } = get(coveredAtom) ?? { before: document.activeElement };
    set(coveredAtom, cover && { cover, before });
  },
);

/** What had the focus when something was laid over the list. */
export const focusBeforeCoverAtom = atom((get) => get(coveredAtom)?.before);

const coveredAtom = atom<{ cover: NonNullable<Cover>; before: Element | null } | undefined>(undefined);

/** What the reader has set. */
export const preferencesAtom = atom<Preferences>({
  panel: "open",
  theme: "system",
  notify: "off",
  keys: "on",
});
