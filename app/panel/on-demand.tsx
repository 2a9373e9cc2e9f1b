import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { rowTexts } from "#app/locales/job-row.ts";
import { usePanel } from "./panel-context.tsx";

/**
 * A part of the panel whose code comes when it is first shown. Until then `place` stands there; where it cannot be had,
 * that is said, with a way to try again.
 */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>, place: ReactNode) {
  /** Stays loaded for every place after the first. */
  let loaded: ComponentType<Props> | undefined;

  return function OnDemand(props: Props) {
    const [Part, setPart] = useState(() => loaded);
    const [hasFailed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded !== undefined) {
        // Another place was faster, between this one's first rendering and now.
        setPart(() => loaded);
        return;
      }
      load().then(
        (part) => {
          loaded = part;
          setPart(() => part);
        },
        () => setFailed(true),
      );
    }, []);
    if (Part !== undefined) return <Part {...props} />;
    return hasFailed ? <CodeMissing /> : place;
  };
}

function CodeMissing() {
  const { codeMissing, reload } = rowTexts[usePanel().locale];
  return (
    <div role="alert" className="grid justify-items-start gap-2 text-sm">
      <p className="text-muted">{codeMissing}</p>
      <Button onClick={() => location.reload()}>{reload}</Button>
    </div>
  );
}
