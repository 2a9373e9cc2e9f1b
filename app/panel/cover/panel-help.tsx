import { coverTexts } from "#app/locales/panel-cover.ts";
import { usePanel } from "#app/panel/panel-context.tsx";

/** The keys of the panel and what they do. */
export function PanelHelp() {
  const { keys, does } = coverTexts[usePanel().locale].help;
  const rows: [readonly string[], string][] = [
    [["Alt", "J"], does.toggle],
    [["/"], does.search],
    [["?"], does.help],
    [["↑", "↓"], does.move],
    [[keys.home, keys.end], does.ends],
    [[keys.pageUp, keys.pageDown], does.pages],
    [["Enter"], does.open],
    [["Esc"], does.close],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5">
      {rows.map(([names, text]) => (
        <div key={text} className="contents">
          <dt className="flex gap-1">
            {names.map((name) => (
              <kbd
                key={name}
                className="grid h-6 min-w-6 place-items-center rounded-md border border-line-strong bg-raised px-1.5 font-sans text-sm text-muted"
              >
                {name}
              </kbd>
            ))}
          </dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
