import { useSetAtom } from "jotai";
import { memo } from "react";
import type { JobFilter } from "#app/client/job-filter.ts";
import { COUNTED_UP_TO } from "#app/contract/job-status.ts";
import { type JobCounts, totalOf } from "#app/contract/job-status.ts";
import { type ChipName, chipNames, chips, isChosen, toggleChip } from "#app/panel/list-address.ts";
import { useAddress } from "#app/panel/panel-address.ts";
import { useTexts } from "#app/panel/panel-context.tsx";
import { openJobAtom } from "#app/panel/panel-state.ts";
import { useStable } from "#app/panel/use-stable.ts";

/** The statuses to choose from, several at once, each with how many jobs there are in it now. */
export function StatusChips({ filter, counts }: { filter: JobFilter; counts: JobCounts }) {
  const { shell } = useTexts();
  const { pending, show } = useAddress();
  const setOpenJob = useSetAtom(openJobAtom);
  const chosen = pending ?? filter;

  const choose = useStable((chip: ChipName | "all") => {
    setOpenJob(undefined);
    if (chip !== "all") show(toggleChip(chip, chosen));
    else show(chosen.q === undefined ? {} : { q: chosen.q });
  });

  return (
    <fieldset aria-label={shell.filter.label} className="min-w-0 shrink-0 border-b border-line">
      <div
        onWheel={({ currentTarget, deltaY }) => currentTarget.scrollBy({ left: deltaY })}
        className="fade-ends flex gap-0.5 pb-2.5"
      >
        <Chip chip="all" count={totalOf(counts)} isPressed={chosen.status === undefined} onPress={choose} />
        {chipNames.map((chip) => (
          <Chip
            key={chip}
            chip={chip}
            count={totalOf(counts, chips[chip])}
            isPressed={isChosen(chip, chosen)}
            onPress={choose}
          />
        ))}
      </div>
    </fieldset>
  );
}

type ChipProps<Name = ChipName | "all"> = {
  chip: Name;
  count: number;
  isPressed: boolean;
  /** Stays the same. */
  onPress: (chip: Name) => void;
};

/** Renders again only when its count has changed, or whether it is chosen. */
const Chip = memo(function Chip({ chip, count, isPressed, onPress }: ChipProps) {
  const { shell } = useTexts();
  const { countAbove, [chip]: name } = shell.filter;
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      aria-label={shell.filter.chip({ name, count })}
      onClick={() => onPress(chip)}
      className="inline-flex h-6.5 flex-none items-center gap-1.25 rounded-full px-2.25 text-sm font-medium text-muted hover:bg-hover aria-pressed:inverse"
    >
      {name}
      <span className={`tabular-nums ${isPressed ? "opacity-75" : "text-faint"}`}>
        {count > COUNTED_UP_TO ? countAbove({ count: COUNTED_UP_TO }) : shell.filter.count({ count })}
      </span>
    </button>
  );
});
