import { type ReactNode, useMemo } from "react";
import type { Surroundings } from "#app/panel/panel-context.tsx";
import { PanelPage } from "#app/panel/panel-page.tsx";
import { type GalleryState, galleryStates, type StateName } from "./gallery-states.ts";
import { createRecordedServer } from "./recorded-server.ts";

/** The panel in one of its states: the real one, before a server made of recordings. */
export function GalleryPanel(props: { name: StateName; surroundings: Surroundings; children?: ReactNode }) {
  const { name, surroundings, children } = props;
  const state: GalleryState = galleryStates[name];
  const server = useMemo(() => createRecordedServer(state, surroundings.now), [state, surroundings.now]);
  return (
    <PanelPage
      list={state.list ?? server.page(state.filter)}
      {...(state.filter && { filter: state.filter })}
      surroundings={surroundings}
      fetch={server.fetch}
      {...(state.open === undefined ? {} : { openJob: state.open })}
    >
      {children}
    </PanelPage>
  );
}
