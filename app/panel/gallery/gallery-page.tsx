import { NO_SUCH_JOB, ProblemPage } from "#app/components/problem-page.tsx";
import { SignInFailed, SignInLoading, SignInPage } from "#app/components/sign-in/sign-in-page.tsx";
import { startPageTexts } from "#app/locales/start-page.ts";
import { JobPage } from "#app/panel/detail/job-page.tsx";
import type { Surroundings } from "#app/panel/panel-context.tsx";
import { PanelPage } from "#app/panel/panel-page.tsx";
import { StartPage } from "#app/panel/start-page.tsx";
import type { GalleryState } from "./gallery-states.ts";
import type { RecordedServer } from "./recorded-server.ts";

export type GalleryPageProps = Pick<GalleryState, "open"> & {
  page: NonNullable<GalleryState["page"]>;
  surroundings: Surroundings;
  server: RecordedServer;
};

/** A page in one of its states: without a panel, or behind a closed one. */
export function GalleryPage(props: GalleryPageProps) {
  const { page, surroundings } = props;
  return (
    <div data-page={page}>
      {isBehindPanel(page) ? <Behind {...props} /> : <Alone page={page} locale={surroundings.locale} />}
    </div>
  );
}

type Page = GalleryPageProps["page"];
const isBehindPanel = (page: Page): boolean => page === "start" || page === "job";

/** What the panel can be opened beside. */
function Behind({ page, open, surroundings, server }: GalleryPageProps) {
  return (
    <PanelPage list={server.page()} surroundings={surroundings} fetch={server.fetch} isOpen={false}>
      {page === "start" ? (
        <StartPage start={startPageTexts[surroundings.locale]} />
      ) : (
        <JobPage detail={server.detail(open)} />
      )}
    </PanelPage>
  );
}

/** The frame of the sign-in, the form in which is the provider's, or a page that there is not. */
function Alone({ page, locale }: { page: Page; locale: Surroundings["locale"] }) {
  if (page === "no-such-job") return <ProblemPage status={404} locale={locale} data={NO_SUCH_JOB} />;
  return (
    <SignInPage locale={locale} lacksEmail={page === "verify-email"} to="/">
      {page === "sign-in-failed" ? <SignInFailed locale={locale} /> : <SignInLoading locale={locale} />}
    </SignInPage>
  );
}
