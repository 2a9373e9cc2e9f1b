import { LOCALES, type Locale } from "#app/locales/locale.ts";
import { problems } from "#app/locales/problems.ts";

export type ProblemPageProps = {
  /** The HTTP status of the answer. */
  status: number;
  /** The reader's language; where it is not known, both are shown. */
  locale: Locale | undefined;
};

/** A page that could not be shown: what happened, what to do, and the way back. */
export function ProblemPage({ status, locale }: ProblemPageProps) {
  const locales = locale === undefined ? LOCALES : [locale];
  return (
    <main className="mx-auto grid min-h-dvh max-w-105 content-center gap-10 p-8">
      <title>{problems[locales[0] ?? "de"][kindOf(status)].title}</title>
      {locales.map((each) => (
        <Problem key={each} status={status} locale={each} />
      ))}
    </main>
  );
}

function Problem({ status, locale }: { status: number; locale: Locale }) {
  const { title, what, todo } = problems[locale][kindOf(status)];
  return (
    <section lang={locale} className="grid justify-items-start gap-2">
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

function kindOf(status: number): "notFound" | "signedOut" | "unavailable" | "broken" {
  if (status === 404) return "notFound";
  if (status === 401 || status === 403) return "signedOut";
  return status === 503 ? "unavailable" : "broken";
}
