import type { Announcer, AnnouncerOptions } from "./announcer.ts";

/** A moment after the first news: what makes the page live comes before it. */
const LATER_MS = 500;

/** An announcer whose code comes with the first news; where it cannot be had, that goes unsaid and the next asks again. */
export function announcerOnDemand(options: AnnouncerOptions): Announcer {
  let announcer: Promise<Announcer> | undefined;
  let isOver = false;

  async function begin(): Promise<Announcer> {
    await new Promise((resolve) => setTimeout(resolve, LATER_MS));
    const { createAnnouncer } = await import("./announcer.ts");
    return createAnnouncer(options);
  }

  return {
    hear(event) {
      if ("state" in event && event.state === "connecting") return;
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
