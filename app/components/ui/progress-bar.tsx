import * as Progress from "@radix-ui/react-progress";
import { useState } from "react";

/**
 * Up to so many percent a step is small enough to be its own movement. A bar that moves often moves by little, and one
 * that is animated is laid out and drawn for every picture: dozens of them at a time are too much for a browser.
 */
const STEP = 2;

export type ProgressBarProps = {
  /** Whole percent; undefined means unknown. */
  percent: number | undefined;
  /** The value in words, for readers. */
  text: string;
  labelledBy: string;
  /** Background and text colour of the bar. */
  tone: string;
  /** False for work that has gone silent: its unknown progress must not look like movement. */
  isMoving: boolean;
};

/**
 * A bar of 4 px. Unknown progress is a soft travelling glow, and has no value for a screen reader either. Drawn as SVG,
 * so that the first HTML needs no `style`, which the page's policy refuses.
 */
export function ProgressBar({ percent, text, labelledBy, tone, isMoving }: ProgressBarProps) {
  const [shown, setShown] = useState({ percent, isLeap: false });
  if (percent !== shown.percent)
    setShown({ percent, isLeap: Math.abs((percent ?? 0) - (shown.percent ?? 0)) > STEP });
  return (
    <Progress.Root
      value={percent ?? null}
      aria-labelledby={labelledBy}
      aria-valuetext={text}
      className={`h-1 flex-1 overflow-hidden rounded-full bg-track forced-colors:border ${tone}`}
    >
      {percent === undefined ? (
        <Glow isMoving={isMoving} />
      ) : (
        <svg aria-hidden className="block h-full w-full">
          <rect
            width={`${percent}%`}
            height="4"
            rx="2"
            className={`fill-current transition-[width] ease-out ${shown.isLeap ? "duration-300" : "duration-0"}`}
          />
        </svg>
      )}
    </Progress.Root>
  );
}

function Glow({ isMoving }: { isMoving: boolean }) {
  const motion = isMoving ? "animate-travel motion-reduce:translate-x-full" : "translate-x-full";
  return (
    <div
      className={`h-full w-1/3 filled mask-[linear-gradient(90deg,transparent,#000_30%_70%,transparent)] ${motion}`}
    />
  );
}
