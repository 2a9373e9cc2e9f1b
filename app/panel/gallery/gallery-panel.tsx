import { useSetAtom } from "jotai";
import { type ReactNode, useEffect, useMemo } from "react";
import { SignInProvider, type SignInState } from "#app/components/sign-in/sign-in-context.tsx";
import { USER_MENU } from "#app/components/sign-in/user-menu.tsx";
import { type JobSummary, jobSummarySchema } from "#app/contract/job.ts";
import { FIXED_ADDRESS } from "#app/panel/panel-address.ts";
import type { Surroundings } from "#app/panel/panel-context.tsx";
import { PanelPage } from "#app/panel/panel-page.tsx";
import { coverAtom } from "#app/panel/panel-state.ts";
import { GalleryPage } from "./gallery-page.tsx";
import { type GalleryState, galleryStates, type StateName } from "./gallery-states.ts";
import { createRecordedServer, type RecordedServer } from "./recorded-server.ts";

const NOBODY: SignInState = { mode: "local" };
const ANNA: SignInState = { mode: "proxy", userEmail: "anna@example.org", provider: "/sign-out" };

/** The panel in one of its states: the real one, before a server made of recordings. */
export function GalleryPanel(props: { name: StateName; surroundings: Surroundings; children?: ReactNode }) {
  const { name, surroundings, children } = props;
  const { locale, now } = surroundings;
  const state: GalleryState = galleryStates[name];
  const server = useMemo(() => createRecordedServer(state, now), [state, now]);
  const address = useMemo(() => ({ ...FIXED_ADDRESS, pending: state.pending }), [state]);
  const linked = useMemo(() => linkedJob(state, server), [state, server]);
  if (state.page !== undefined)
    return <GalleryPage {...state} page={state.page} surroundings={surroundings} server={server} />;
  return (
    <SignInProvider value={{ ...(state.signedIn ? ANNA : NOBODY), locale }}>
      <PanelPage
        list={state.list ?? server.page(state.filter)}
        {...(state.filter && { filter: state.filter })}
        surroundings={surroundings}
        fetch={server.fetch}
        address={address}
        linked={linked}
        {...(state.open === undefined ? {} : { openJob: state.open })}
      >
        <Opener {...state} />
        {children}
      </PanelPage>
    </SignInProvider>
  );
}

function linkedJob({ linked, open }: GalleryState, server: RecordedServer): JobSummary | null | undefined {
  if (linked === undefined) return undefined;
  return linked === "gone" ? null : jobSummarySchema.parse(server.detail(open));
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
