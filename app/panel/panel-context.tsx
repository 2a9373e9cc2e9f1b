import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from "react";
import { fetchWithSession } from "#app/client/fetch-with-session.ts";
import type { RefreshSession } from "#app/client/session-refresh.ts";
import { useSessionRefresh } from "#app/components/sign-in/use-session-refresh.ts";
import { createJobsApi, type JobsApi } from "#app/client/jobs-api.ts";
import type { Locale } from "#app/locales/locale.ts";
import { panelTexts } from "#app/locales/panel.ts";
import { panelShellTexts } from "#app/locales/panel-shell.ts";
import { words } from "#app/locales/words.ts";
import { type Clock, createClock } from "./clock.ts";

/** What the server knows when it renders: the first HTML is made from this, in the browser as on the server. */
export type Surroundings = { now: number; locale: Locale; timeZone: string; origin: string };

type PanelContextValue = {
  locale: Locale;
  timeZone: string;
  origin: string;
  clock: Clock;
  api: JobsApi;
  fetch: typeof fetch | undefined;
  refreshSession: RefreshSession | undefined;
};

const PanelContext = createContext<PanelContextValue | undefined>(undefined);

/** Language, time and the way to the server, for everything inside. `fetch` replaces the browser's own. */
export function PanelProvider(props: {
  surroundings: Surroundings;
  fetch?: typeof fetch | undefined;
  children: ReactNode;
}) {
  const { surroundings, fetch, children } = props;
  const { now, locale } = surroundings;
  const [clock] = useState(() => createClock(now));
  const timeZone = useBrowserValue(browserTimeZone, surroundings.timeZone);
  const origin = useBrowserValue(browserOrigin, surroundings.origin);
  const refreshSession = useSessionRefresh();
  const api = useMemo(
    () => createJobsApi({ baseUrl: "", fetch: fetchWithSession(fetch, refreshSession) }),
    [fetch, refreshSession],
  );
  const value = useMemo(
    () => ({ locale, timeZone, origin, clock, api, fetch, refreshSession }),
    [locale, timeZone, origin, clock, api, fetch, refreshSession],
  );
  return <PanelContext value={value}>{children}</PanelContext>;
}

export function usePanel(): PanelContextValue {
  const value = useContext(PanelContext);
  if (value === undefined) throw new Error("usePanel stands outside of PanelProvider");
  return value;
}

/** The texts in the reader's language. */
export function useTexts() {
  const { locale } = usePanel();
  return {
    locale,
    texts: panelTexts[locale],
    shell: panelShellTexts[locale],
    words: words[locale],
  };
}

/** What `select` makes of the present instant: a text, a number, a flag. Renders again only when that changes. */
export function useNow<Value extends string | number | boolean | undefined>(
  select: (now: number) => Value,
): Value {
  const { clock } = usePanel();
  return useSyncExternalStore(
    clock.subscribe,
    () => select(clock.now()),
    () => select(clock.start),
  );
}

/** Something only the browser knows; while hydrating, the server's idea of it. */
function useBrowserValue(read: () => string, onServer: string): string {
  return useSyncExternalStore(never, read, () => onServer);
}

const never = () => () => {};
/** Found out once: that takes long, and is asked with every rendering. */
let ofBrowser: string | undefined;
const browserTimeZone = (): string => (ofBrowser ??= Intl.DateTimeFormat().resolvedOptions().timeZone);
const browserOrigin = (): string => location.origin;
