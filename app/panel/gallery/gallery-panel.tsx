import { useSetAtom } from "jotai";
import { type ReactNode, useEffect, useMemo } from "react";
import { SignInProvider, type SignInState } from "#app/components/sign-in/sign-in-context.tsx";
import { SignInFailed, SignInLoading, SignInPage } from "#app/components/sign-in/sign-in-page.tsx";
import { USER_MENU } from "#app/components/sign-in/user-menu.tsx";
import type { Locale } from "#app/locales/locale.ts";
import type { Surroundings } from "#app/panel/panel-context.tsx";
import { PanelPage } from "#app/panel/panel-page.tsx";
import { coverAtom } from "#app/panel/panel-state.ts";
import { type GalleryState, galleryStates, type StateName } from "./gallery-states.ts";
import { createRecordedServer } from "./recorded-server.ts";

const NOBODY: SignInState = { mode: "local" };
const ANNA: SignInState = { mode: "proxy", userEmail: "anna@example.org", provider: "/sign-out" };

/** The panel in one of its states: the real one, before a server made of recordings. */
export function GalleryPanel(props: { name: StateName; surroundings: Surroundings; children?: ReactNode }) {
  const { name, surroundings, children } = props;
  const { locale, now } = surroundings;
  const state: GalleryState = galleryStates[name];
  const server = useMemo(() => createRecordedServer(state, now), [state, now]);
  if (state.page !== undefined) return <PageWithoutPanel page={state.page} locale={locale} />;
  return (
    <SignInProvider value={{ ...(state.signedIn ? ANNA : NOBODY), locale }}>
      <PanelPage
        list={state.list ?? server.page(state.filter)}
        {...(state.filter && { filter: state.filter })}
        surroundings={surroundings}
        fetch={server.fetch}
        {...(state.open === undefined ? {} : { openJob: state.open })}
      >
        <Opener {...state} />
        {children}
      </PanelPage>
    </SignInProvider>
  );
}

/** Opens what a reader opens by hand. */
function Opener({ cover, signedIn }: GalleryState) {
  const setCover = useSetAtom(coverAtom);
  useEffect(() => {
    if (cover !== undefined) setCover(cover);
    if (signedIn === "menu") document.getElementById(USER_MENU)?.showPopover();
  }, [cover, signedIn, setCover]);
  return null;
}

/** The frame of the sign-in; the form in it is the provider's. */
function PageWithoutPanel({ page, locale }: { page: NonNullable<GalleryState["page"]>; locale: Locale }) {
  return (
    <div data-page={page}>
      <SignInPage locale={locale} lacksEmail={page === "verify-email"} to="/">
        {page === "sign-in-failed" ? <SignInFailed locale={locale} /> : <SignInLoading locale={locale} />}
      </SignInPage>
    </div>
  );
}
