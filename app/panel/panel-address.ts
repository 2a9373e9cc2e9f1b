import { createContext, useContext } from "react";
import type { JobFilter } from "#app/client/job-filter.ts";

/** What the panel says of itself in the address, and what of that it asks to be changed. */
export type PanelAddress = {
  /** The filter whose first page is being loaded; undefined while none is. */
  pending: JobFilter | undefined;
  /** Loads another filter; `replaces` leaves no step to go back to. */
  show: (filter: JobFilter, options?: { replaces?: boolean }) => void;
  /** The row that is open, or none. */
  open: (jobId: string | undefined) => void;
  /** The panel was opened or closed by hand: what the address said of it does not count any more. */
  forgetPanel: () => void;
  /** Asks the server anew for everything that is shown. */
  reload: () => void;
};

const nothing = (): void => {};

/** An address that stays as it is, for where there is none. */
export const FIXED_ADDRESS: PanelAddress = {
  pending: undefined,
  show: nothing,
  open: nothing,
  forgetPanel: nothing,
  reload: nothing,
};

export const AddressContext = createContext<PanelAddress>(FIXED_ADDRESS);

export function useAddress(): PanelAddress {
  return useContext(AddressContext);
}
