import { createStore, Provider, useAtom } from "jotai";
import { PanelRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { Sheet, SheetTrigger } from "#app/components/ui/sheet.tsx";
import type { JobPage } from "#app/contract/http.ts";
import { Panel } from "./panel.tsx";
import { PanelProvider, type Surroundings, useTexts } from "./panel-context.tsx";
import { isPanelOpenAtom, openJobAtom } from "./panel-state.ts";
import { useAnnouncer } from "./use-announcer.ts";
import { useJobFeed } from "./use-job-feed.ts";

export type PanelPageProps = {
  page: JobPage;
  surroundings: Surroundings;
  /** Replaces the browser's fetch for everything the panel asks of the server. */
  fetch?: typeof fetch;
  /** The job whose row is open at first. */
  openJob?: string;
  /** What stands below the heading of the page behind. */
  children?: ReactNode;
};

/** The page with the panel at its right. */
export function PanelPage({ page, surroundings, fetch, openJob, children }: PanelPageProps) {
  const [store] = useState(() => {
    const created = createStore();
    created.set(openJobAtom, openJob);
    return created;
  });
  return (
    <Provider store={store}>
      <PanelProvider surroundings={surroundings} fetch={fetch}>
        <PageWithSheet page={page}>{children}</PageWithSheet>
      </PanelProvider>
    </Provider>
  );
}

/** The feed belongs to the page: a panel that is opened again is up to date at once. */
function PageWithSheet({ page, children }: { page: JobPage; children: ReactNode }) {
  const [isOpen, setOpen] = useAtom(isPanelOpenAtom);
  const { texts } = useTexts();
  const { sentence, hear } = useAnnouncer(page.items);
  const feed = useJobFeed(page, hear);
  return (
    <Sheet open={isOpen} onOpenChange={setOpen}>
      <main className="grid max-w-xl content-start justify-items-start gap-4 p-8">
        <h1 className="text-lg font-semibold tracking-[-0.011em]">{texts.page.heading}</h1>
        <p className="max-w-prose text-muted">{texts.page.text}</p>
        <SheetTrigger>
          <Button className="bg-bg">
            <PanelRight size={14} aria-hidden />
            {texts.title}
          </Button>
        </SheetTrigger>
        {children}
      </main>
      <Panel feed={feed} sentence={sentence} />
    </Sheet>
  );
}
