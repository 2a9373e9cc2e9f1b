import { useSetAtom } from "jotai";
import type { JobFilter } from "#app/client/job-filter.ts";
import { COUNTED_UP_TO } from "#app/contract/job-status.ts";
import { type JobCounts, totalOf } from "#app/contract/job-status.ts";
import { chipNames, chips, isChosen, toggleChip } from "./list-address.ts";
import { useAddress } from "./panel-address.ts";
import { useTexts } from "./panel-context.tsx";
import { openJobAtom } from "./panel-state.ts";

/** The statuses to choose from, several at once, each with how many jobs there are in it now. */
export function StatusChips({ filter, counts }: { filter: JobFilter; counts: JobCounts }) {
  const { shell } = useTexts();
  const { pending, show } = useAddress();
  const setOpenJob = useSetAtom(openJobAtom);
  const chosen = pending ?? filter;

  function choose(next: JobFilter): void {
    setOpenJob(undefined);
    show(next);
  }

  return (
    <fieldset aria-label={shell.filter.label} className="min-w-0 shrink-0 border-b border-line">
      <div className="flex gap-0.5 overflow-x-auto mask-[linear-gradient(90deg,#000_calc(100%-36px),transparent)] pr-9 pb-2.5 pl-3 scrollbar-none">
        <Chip
          name={shell.filter.all}
          count={totalOf(counts)}
          isPressed={chosen.status === undefined}
          onPress={() => choose(chosen.q === undefined ? {} : { q: chosen.q })}
        />
        {chipNames.map((chip) => (
          <Chip
            key={chip}
            name={shell.filter[chip]}
            count={totalOf(counts, chips[chip])}
            isPressed={isChosen(chip, chosen)}
            onPress={() => choose(toggleChip(chip, chosen))}
          />
        ))}
      </div>
    </fieldset>
  );
}

type ChipProps = { name: string; count: number; isPressed: boolean; onPress: () => void };

function Chip({ name, count, isPressed, onPress }: ChipProps) {
  const { shell } = useTexts();
  const { countAbove } = shell.filter;
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      aria-label={shell.filter.chip({ name, count })}
      onClick={onPress}
      className="inline-flex h-6.5 flex-none items-center gap-1.25 rounded-full px-2.25 text-sm font-medium text-muted hover:bg-hover aria-pressed:bg-text aria-pressed:text-bg forced-colors:aria-pressed:outline-2"
    >
      {name}
      <span className={`tabular-nums ${isPressed ? "opacity-75" : "text-faint"}`}>
        {count > COUNTED_UP_TO ? countAbove({ count: COUNTED_UP_TO }) : shell.filter.count({ count })}
      </span>
    </button>
  );
}
