import type { Announcer, AnnouncerOptions } from "./announcer.ts";

/** An announcer whose code comes with the first news; where it cannot be had, that goes unsaid and the next asks again. */
export function announcerOnDemand(options: AnnouncerOptions): Announcer {
  let announcer: Promise<Announcer> | undefined;
  let isOver = false;

  async function begin(): Promise<Announcer> {
    // Not in the task that shows what it is to tell.
    await new Promise((resolve) => setTimeout(resolve));
    const { createAnnouncer } = await import("./announcer.ts");
    return createAnnouncer(options);
  }

  return {
    hear(event) {
      // What is on the way to live is no news; the first is that it is shown to be.
      if ("state" in event ? event.state === "connecting" : event.event === "ready") return;
      announcer ??= begin();
      announcer.then(
        ({ hear }) => {
          if (!isOver) hear(event);
        },
        () => (announcer = undefined),
      );
    },
    stop() {
      isOver = true;
      announcer?.then(
        ({ stop }) => stop(),
        () => {},
      );
    },
  };
}
