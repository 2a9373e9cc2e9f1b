const FULL_TURN = "rotate(-90 12 12)";
const circle = { cx: 12, cy: 12, r: 9.75, strokeWidth: 2.5, fill: "none" } as const;

type ProgressRingProps = { id: string; label: string; percent: number | undefined };

/**
 * Progress as a ring of 20 px in the text's colour, as large as the round icons beside it; unknown turns, and stands still
 * where motion is unwelcome.
 */
export function ProgressRing({ id, label, percent }: ProgressRingProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <img> could not take the text's colour
      role="img"
      aria-label={label}
      className={`size-5 ${percent === undefined ? "animate-spin" : ""}`}
    >
      <circle {...circle} className="stroke-track" />
      <circle
        {...circle}
        pathLength={100}
        strokeDasharray={`${percent ?? 28} 100`}
        strokeLinecap={percent === 0 ? "butt" : "round"}
        transform={FULL_TURN}
        className="stroke-current"
      />
    </svg>
  );
}
