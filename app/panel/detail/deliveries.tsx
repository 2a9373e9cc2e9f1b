import { Button } from "#app/components/ui/button.tsx";
import { CopyButton } from "#app/components/ui/copy-button.tsx";
import type { Delivery } from "#app/contract/job-event.ts";
import { formatSecond } from "#app/locales/time.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { deliveryCurl } from "./delivery-curl.ts";
import { deliveryText } from "./delivery-text.ts";
import { useDeliveries } from "./use-deliveries.ts";
import { useDetailTexts } from "./use-detail-texts.ts";

export type DeliveriesProps = { id: string; jobId: string; revision: number };

/** What reached the job, the newest first: when, what, whether it changed anything or why not; callbacks as curl. */
export function Deliveries({ id, jobId, revision }: DeliveriesProps) {
  const texts = useDetailTexts();
  const { deliveries, hasFailed, retry } = useDeliveries(jobId, revision);
  return (
    <section id={id} aria-label={texts.deliveries.title} className="grid grid-cols-1 gap-1.5 text-sm">
      <p className="text-muted">{texts.deliveries.hint}</p>
      {hasFailed && (
        <div role="alert" className="flex flex-wrap items-center gap-2 text-bad">
          {texts.deliveries.failed}
          <Button onClick={retry}>{texts.retry}</Button>
        </div>
      )}
      {deliveries === undefined && !hasFailed && <p className="text-faint">{texts.deliveries.loading}</p>}
      {deliveries !== undefined && (
        <ol
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region needs the keyboard
          tabIndex={0}
          className="max-h-60 overflow-y-auto rounded-lg border border-line bg-bg py-1"
        >
          {deliveries.map((delivery, n) => (
            <DeliveryItem
              // oxlint-disable-next-line react/no-array-index-key -- counted from the first one on, they keep their number
              key={deliveries.length - n}
              delivery={delivery}
              jobId={jobId}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function DeliveryItem({ delivery, jobId }: { delivery: Delivery; jobId: string }) {
  const { locale, timeZone, origin } = usePanel();
  const texts = useDetailTexts();
  const { event, applied, reason } = delivery;
  const curl = deliveryCurl(delivery, `${origin}/api/external/jobs/${jobId}`);
  const labels = { copy: texts.deliveries.copy, done: texts.copied, failed: texts.notCopied };
  return (
    <li className="grid grid-cols-[60px_minmax(0,1fr)_auto] items-start gap-x-1.5 py-1 pr-1 pl-2.5 leading-4.5 hover:bg-hover">
      <time dateTime={event.at} className="font-mono text-faint tabular-nums">
        {formatSecond(Date.parse(event.at), locale, timeZone)}
      </time>
      <span className="min-w-0">
        <bdi className="line-clamp-2 wrap-anywhere">{deliveryText(event, texts)}</bdi>
        <span className={applied ? "text-faint" : "text-warn"}>
          {applied || reason === undefined ? texts.deliveries.applied : texts.deliveries.reason[reason]}
        </span>
      </span>
      {curl !== undefined && (
        <CopyButton
          text={curl}
          labels={labels}
          look="-my-1 grid size-6.5 place-items-center rounded-md text-muted hover:bg-hover hover:text-text"
        />
      )}
    </li>
  );
}
