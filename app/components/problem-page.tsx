import { LOCALES, type Locale } from "#app/locales/locale.ts";
import { problems } from "#app/locales/problems.ts";
import { Mark } from "./mark.tsx";

export type ProblemPageProps = {
  /** The HTTP status of the answer. */
  status: number;
  /** The reader's language; where it is not known, both are shown. */
  locale: Locale | undefined;
  /** What the answer says, where that is more than its status. */
  data?: unknown;
};

/** The body of a 404 that means a job. */
export const NO_SUCH_JOB = "no_such_job";

type ProblemKind = "notFound" | "noSuchJob" | "signedOut" | "unavailable" | "broken";

/** A page that could not be shown: what happened, what to do, and the way back. */
export function ProblemPage({ status, locale, data }: ProblemPageProps) {
  const kind = data === NO_SUCH_JOB ? "noSuchJob" : kindOf(status);
  const locales = locale === undefined ? LOCALES : [locale];
  return (
    <main className="mx-auto grid min-h-dvh max-w-105 content-center gap-3 p-8 text-balance">
      <Mark />
      <title>{problems[locales[0] ?? "de"][kind].title}</title>
      {locales.map((each) => (
        <Problem key={each} status={status} kind={kind} locale={each} />
      ))}
    </main>
  );
}

function Problem({ status, kind, locale }: { status: number; kind: ProblemKind; locale: Locale }) {
  const { title, what, todo } = problems[locale][kind];
  return (
    <section lang={locale} className="grid justify-items-start gap-2 [&+section]:mt-8">
      <p className="font-mono text-sm text-faint">{status}</p>
      <h1 className="text-lg font-semibold tracking-[-0.011em]">{title}</h1>
      <p className="text-muted">{what}</p>
      <p>{todo}</p>
      <a
        href="/"
        className="mt-2 inline-flex h-7 items-center rounded-[7px] border border-line-strong bg-bg px-2.5 text-sm font-medium hover:bg-hover"
      >
        {problems[locale].home}
      </a>
    </section>
  );
}

function kindOf(status: number): ProblemKind {
  if (status === 404) return "notFound";
  if (status === 401 || status === 403) return "signedOut";
  return status === 503 ? "unavailable" : "broken";
}
