const FULL_TURN = "rotate(-90 12 12)";
const circle = { cx: 12, cy: 12, r: 9, strokeWidth: 2.5, fill: "none" } as const;

/** Progress as a ring of 20 px in the text's colour; unknown turns, and stands still where motion is unwelcome. */
export function ProgressRing({ percent }: { percent: number | undefined }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden
      className={`size-5 ${percent === undefined ? "animate-spin motion-reduce:animate-none" : ""}`}
    >
      <circle {...circle} className="stroke-track" />
      <circle
        {...circle}
        pathLength={100}
        strokeDasharray={`${percent ?? 28} 100`}
        strokeLinecap={percent === 0 ? "butt" : "round"}
        transform={FULL_TURN}
        className="stroke-current transition-[stroke-dasharray] duration-300 motion-reduce:transition-none"
      />
    </svg>
  );
}
