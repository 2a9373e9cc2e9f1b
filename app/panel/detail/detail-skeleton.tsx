import { Skeleton } from "#app/components/ui/skeleton.tsx";
import { useDetailTexts } from "./use-detail-texts.ts";

/** The place of a log that is on its way. */
export function DetailSkeleton() {
  const texts = useDetailTexts();
  return (
    <div className="grid gap-2.5 rounded-lg border border-line bg-bg p-3">
      <span className="sr-only">{texts.loading}</span>
      {["w-3/5", "w-4/5", "w-2/5", "w-3/4", "w-1/2"].map((width) => (
        <Skeleton key={width} className={`h-2.5 ${width}`} />
      ))}
    </div>
  );
}
