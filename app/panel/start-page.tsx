import { CopyButton } from "#app/components/ui/copy-button.tsx";
import type { Locale } from "#app/locales/locale.ts";
import type { startPageTexts } from "#app/locales/start-page.ts";
import { usePanel, useTexts } from "./panel-context.tsx";

/** In one language. */
type StartPageTexts = (typeof startPageTexts)[Locale];

/** The page behind the panel: how to report a job, with commands that work on this very server as they stand. */
export function StartPage({ start }: { start: StartPageTexts }) {
  const { texts } = useTexts();
  const { origin } = usePanel();
  const { command: copy, done, failed } = texts.copy;
  const commands = commandsFor(origin, {
    title: texts.empty.jobTitle,
    message: start.message,
    done: start.done,
  });
  return (
    <main className="mx-auto grid max-w-2xl content-start gap-8 px-6 pt-14 pb-10 sm:px-10 lg:py-16">
      <header className="grid gap-2">
        <h1 className="text-[1.375rem] leading-8 font-semibold tracking-[-0.018em]">{start.heading}</h1>
        <p className="max-w-prose text-[0.875rem] leading-6 text-balance text-muted">{start.text}</p>
      </header>
      <section className="grid gap-5">
        <h2 className="text-lg font-semibold tracking-[-0.011em]">{start.report}</h2>
        <ol className="grid gap-6">
          {(["register", "progress", "finish"] as const).map((step, index) => (
            <li key={step} className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-3 gap-y-2">
              <span
                aria-hidden
                className="grid size-6 place-items-center rounded-full border border-line-strong text-sm font-medium text-muted tabular-nums"
              >
                {index + 1}
              </span>
              <div>
                <h3 className="leading-6 font-medium">{start.steps[step].title}</h3>
                <p className="text-pretty text-muted">{start.steps[step].text}</p>
              </div>
              <div className="col-start-2 flex items-start gap-1 rounded-lg border border-line bg-bg p-1">
                <pre
                  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region needs the keyboard
                  tabIndex={0}
                  aria-label={start.steps[step].title}
                  className="min-w-0 flex-1 overflow-x-auto p-2 font-mono text-sm leading-4.5"
                >
                  {commands[step]}
                </pre>
                <CopyButton text={commands[step]} labels={{ copy, done, failed }} isSmall />
              </div>
            </li>
          ))}
        </ol>
        <p className="text-sm text-faint">
          <a
            href="/openapi.json"
            className="inline-flex min-h-6 items-center underline underline-offset-2 hover:text-text"
          >
            {start.more}
          </a>
        </p>
      </section>
    </main>
  );
}

/** Commands for a shell, each building on the one before: registration, a report, the end. */
export function commandsFor(origin: string, texts: { title: string; message: string; done: string }) {
  const json = "-H 'Content-Type: application/json'";
  const read = (field: string): string => `$(printf %s "$job" | sed 's/.*${field}":"//; s/".*//')`;
  const report = (body: unknown): string =>
    [
      `curl "$url" -H "Authorization: Bearer $token" \\`,
      `  ${json} \\`,
      `  -d '${JSON.stringify(body)}'`,
    ].join("\n");
  return {
    register: [
      `job=$(curl -s ${origin}/api/external/jobs \\`,
      `  ${json} \\`,
      `  -d '${JSON.stringify({ title: texts.title })}')`,
      `url=${read("callback_url")}`,
      `token=${read("callback_token")}`,
    ].join("\n"),
    progress: report({ progress: 42, message: texts.message }),
    finish: report({ status: "completed", message: texts.done }),
  };
}
