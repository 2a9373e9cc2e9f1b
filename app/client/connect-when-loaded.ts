import type { JobStreamConnection, JobStreamOptions } from "./connect-job-stream.ts";
import { createRetry } from "./retry.ts";

type Options = JobStreamOptions & { cursor: string };
type Connect = (options: Options) => JobStreamConnection;

/**
 * A way to follow the stream whose code is fetched when it is first followed, so that a page is there before it. Where
 * it cannot be fetched the connection counts as lost, and is tried again as one.
 */
export function connectWhenLoaded(load: () => Promise<Connect>): Connect {
  return (options) => {
    const retries = createRetry(begin, options.random);
    let stream: JobStreamConnection | undefined;
    let isOver = false;

    function begin(): void {
      load().then(
        (connect) => {
          if (!isOver) stream = connect(options);
        },
        () => {
          const lost = { state: "reconnecting", problem: "unreachable" } as const;
          if (!isOver) options.onConnection?.({ ...lost, retryAt: retries.plan() });
        },
      );
    }

    begin();
    return {
      wake: () => stream?.wake(),
      close() {
        isOver = true;
        retries.cancel();
        stream?.close();
      },
    };
  };
}
