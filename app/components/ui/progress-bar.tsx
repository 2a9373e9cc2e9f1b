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
 * A bar of 4 px. Unknown progress is a soft travelling glow, and has no value for a screen reader either. The native
 * element carries the meaning; what is seen is drawn beside it, because it cannot be styled alike everywhere.
 */
export function ProgressBar({ percent, text, labelledBy, tone, isMoving }: ProgressBarProps) {
  return (
    <div className="h-1 flex-1 overflow-hidden rounded-full bg-track">
      <progress
        className="sr-only"
        aria-labelledby={labelledBy}
        aria-valuetext={text}
        max={100}
        {...(percent === undefined ? {} : { value: percent })}
      />
      {percent === undefined ? (
        <Glow tone={tone} isMoving={isMoving} />
      ) : (
        <div
          className={`h-full rounded-full transition-transform duration-300 ease-out motion-reduce:transition-none ${tone}`}
          style={{ transform: `translateX(${percent - 100}%)` }}
        />
      )}
    </div>
  );
}

function Glow({ tone, isMoving }: { tone: string; isMoving: boolean }) {
  const motion = isMoving
    ? "animate-travel motion-reduce:translate-x-full motion-reduce:animate-none"
    : "translate-x-full";
  return (
    <div
      className={`h-full w-1/3 mask-[linear-gradient(90deg,transparent,#000_30%_70%,transparent)] ${tone} ${motion}`}
    />
  );
}
