import { CopyButton } from "#app/components/ui/copy-button.tsx";
import { usePanel, useTexts } from "#app/panel/panel-context.tsx";

/** No job yet: what will happen, and one command that makes it happen here and now. */
export function EmptyList() {
  const { texts } = useTexts();
  const { origin } = usePanel();
  const { title, text, jobTitle } = texts.empty;
  const command = [
    `curl ${origin}/api/external/jobs \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"title": "${jobTitle}"}'`,
  ].join("\n");
  const { command: copy, done, failed } = texts.copy;
  return (
    <div className="ghost-rows grid min-h-full grid-cols-1 content-center justify-items-center gap-2 px-3 pt-6 pb-16 text-center text-muted">
      <h3 className="text-[0.875rem] leading-5 font-semibold text-text">{title}</h3>
      <p className="max-w-64 text-balance">{text}</p>
      <p className="mt-4 text-sm text-faint">{texts.empty.try}</p>
      <div className="flex w-full items-start gap-1 rounded-lg border border-line bg-raised p-1 text-left text-text">
        <pre
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region needs the keyboard
          tabIndex={0}
          className="min-w-0 flex-1 overflow-x-auto p-2 font-mono text-sm leading-4.5"
        >
          {command}
        </pre>
        <CopyButton text={command} labels={{ copy, done, failed }} isSmall />
      </div>
    </div>
  );
}
