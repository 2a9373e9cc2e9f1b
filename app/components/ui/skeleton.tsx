/** The grey of something that is on its way. */
export function Skeleton({ className }: { className: string }) {
  return <div className={`animate-pulse rounded-[5px] bg-track ${className}`} />;
}
