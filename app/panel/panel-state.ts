import { atom } from "jotai";
import type { Preferences } from "#app/contract/preferences.ts";

/** What covers the list for a while. */
export type Cover = "settings" | "help" | undefined;

/** Whether the panel is open. */
export const isPanelOpenAtom = atom(true);

/** The one job whose row is open. */
export const openJobAtom = atom<string | undefined>(undefined);

/** What lies over the list. */
export const coverAtom = atom<Cover>(undefined);

/** What the reader has set. */
export const preferencesAtom = atom<Preferences>({
  panel: "open",
  theme: "system",
  notify: "off",
  keys: "on",
});
