import type { ReactNode } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { Skeleton } from "#app/components/ui/skeleton.tsx";
import { useAddress } from "#app/panel/panel-address.ts";
import { useTexts } from "#app/panel/panel-context.tsx";

/** Why there is no list. */
export type ListProblem = "unavailable" | "unreachable" | "signedOut" | "forbidden";

/** In the place of the list: what is the matter, and what to do. */
export function ListMessage(props: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="ghost-rows grid min-h-0 flex-1 content-center justify-items-center gap-2 overflow-y-auto px-8 pb-16 text-center text-muted">
      <h3 className="text-[0.875rem] leading-5 font-semibold text-text">{props.title}</h3>
      <p className="max-w-72 text-balance">{props.text}</p>
      {props.children !== undefined && <div className="mt-2">{props.children}</div>}
    </div>
  );
}

/** The list could not be read; it may work the next time. */
export function ListFailed({ problem }: { problem: ListProblem }) {
  const { texts, shell } = useTexts();
  const { reload } = useAddress();
  return (
    <ListMessage {...shell.problem[problem]}>
      {problem === "signedOut" ? (
        <Button onClick={() => location.reload()}>{shell.signIn}</Button>
      ) : (
        <Button onClick={reload}>{texts.retry}</Button>
      )}
    </ListMessage>
  );
}

/** Nothing fits the filter. */
export function NoMatch({ isOffline, onReset }: { isOffline: boolean; onReset: () => void }) {
  const { shell } = useTexts();
  const { title, text, offline, reset } = shell.noMatch;
  return (
    <ListMessage title={title} text={isOffline ? offline : text}>
      <Button onClick={onReset}>{reset}</Button>
    </ListMessage>
  );
}

/** Rows that are on their way. */
export function ListSkeleton() {
  const { shell } = useTexts();
  return (
    <div className="min-h-0 flex-1 overflow-hidden px-2 pt-8">
      <p className="sr-only">{shell.loading}</p>
      {["w-[70%]", "w-[52%]", "w-[64%]", "w-[46%]", "w-[58%]"].map((width) => (
        <div key={width} className="grid grid-cols-[20px_1fr] gap-2.5 px-2 py-3">
          <Skeleton className="size-5 rounded-full!" />
          <div className={`grid gap-2.25 ${width}`}>
            <Skeleton className="h-2.5" />
            <Skeleton className="h-2 w-3/4 opacity-70" />
          </div>
        </div>
      ))}
    </div>
  );
}
