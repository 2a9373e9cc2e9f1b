import { useLayoutEffect, useMemo, useRef } from "react";
import { useNavigate, useNavigation, useRevalidator, useSearchParams } from "react-router";
import { filterKey, readFilter, writeFilter } from "./list-address.ts";
import type { PanelAddress } from "./panel-address.ts";
import { useStable } from "./use-stable.ts";

/** The panel's part of the address bar: filters as steps to go back to, search and open row in place. */
export function usePanelAddress(): PanelAddress {
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const { location } = useNavigation();
  const [query] = useSearchParams();
  /** Where we are, or are on the way to: what comes before we have arrived must not lose that. */
  const target = useRef({ to: query, pushes: false });
  useLayoutEffect(() => {
    if (location === undefined) target.current = { to: query, pushes: false };
  }, [location, query]);

  const go = useStable((change: (from: URLSearchParams) => URLSearchParams, replaces: boolean) => {
    const { to: from, pushes } = target.current;
    const to = change(from);
    if (to.toString() === from.toString()) return;
    target.current = { to, pushes: pushes || !replaces };
    void navigate({ search: to.toString() }, { replace: replaces && !pushes, preventScrollReset: true });
  });
  const reload = useStable(() => void revalidate());

  const next = location === undefined ? undefined : readFilter(new URLSearchParams(location.search));
  const pending = next !== undefined && filterKey(next) !== filterKey(readFilter(query)) ? next : undefined;
  const actions = useMemo(
    () =>
      ({
        show: (filter, { replaces = false } = {}) => go((from) => writeFilter(from, filter), replaces),
        open: (jobId) => go((from) => withValue(from, "job", jobId), true),
        forgetPanel: () => go((from) => withValue(from, "panel", undefined), true),
        reload,
      }) satisfies Omit<PanelAddress, "pending">,
    [go, reload],
  );
  return useMemo(() => ({ ...actions, pending }), [actions, pending]);
}

function withValue(query: URLSearchParams, name: string, value: string | undefined): URLSearchParams {
  const changed = new URLSearchParams(query);
  if (value === undefined) changed.delete(name);
  else changed.set(name, value);
  return changed;
}
