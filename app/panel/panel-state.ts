import { atom } from "jotai";

/** Whether the panel is open. */
export const isPanelOpenAtom = atom(true);

/** The one job whose row is open. */
export const openJobAtom = atom<string | undefined>(undefined);
