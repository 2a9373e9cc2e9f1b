import { createStore, Provider } from "jotai";
import { type ReactNode, useState } from "react";
import type { JobFilter } from "#app/client/job-filter.ts";
import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { ListProblem } from "#app/panel/list/list-state.tsx";
import { LivePanel, PanelWithoutJobs } from "./live-panel.tsx";
import { AddressContext, FIXED_ADDRESS, type PanelAddress } from "./panel-address.ts";
import { PanelProvider, type Surroundings } from "./panel-context.tsx";
import { isPanelOpenAtom, openJobAtom, preferencesAtom } from "./panel-state.ts";
import type { Preferences } from "#app/contract/preferences.ts";

export type PanelPageProps = {
  /** The first page of what the filter asks for, or why there is none. */
  list: JobPage | ListProblem;
  filter?: JobFilter;
  surroundings: Surroundings;
  preferences?: Preferences;
  /** Whether the panel is open at first; else as the reader left it. */
  isOpen?: boolean;
  /** The job whose row the address opens. */
  openJob?: string | undefined;
  /** That job, where the list does not show it; null where there is no such job. */
  linked?: JobSummary | null | undefined;
  address?: PanelAddress;
  /** Replaces the browser's fetch for everything the panel asks of the server. */
  fetch?: typeof fetch;
  /** The page behind the panel. */
  children?: ReactNode;
};

const ALL: JobFilter = {};

/** A page with the panel at its right. */
export function PanelPage(props: PanelPageProps) {
  const {
    list,
    filter = ALL,
    openJob,
    linked,
    surroundings,
    fetch,
    address = FIXED_ADDRESS,
    children,
  } = props;
  const [store] = useState(() => storeOf(props));
  const [first, setFirst] = useState(typeof list === "string" ? undefined : list);
  if (first === undefined && typeof list !== "string") setFirst(list);
  const page = typeof list === "string" ? undefined : list;
  return (
    <Provider store={store}>
      <AddressContext value={address}>
        <PanelProvider surroundings={surroundings} fetch={fetch}>
          {first !== undefined && (page !== undefined || list === "unreachable") ? (
            <LivePanel first={first} page={page} filter={filter} openJob={openJob} linked={linked}>
              {children}
            </LivePanel>
          ) : (
            <PanelWithoutJobs problem={typeof list === "string" ? list : "unavailable"} filter={filter}>
              {children}
            </PanelWithoutJobs>
          )}
        </PanelProvider>
      </AddressContext>
    </Provider>
  );
}

function storeOf({ preferences, isOpen, openJob }: PanelPageProps) {
  const store = createStore();
  if (preferences !== undefined) store.set(preferencesAtom, preferences);
  store.set(isPanelOpenAtom, isOpen ?? preferences?.panel !== "closed");
  store.set(openJobAtom, openJob);
  return store;
}
