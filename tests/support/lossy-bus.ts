import type { JobBus, JobListener } from "#app/server/bus/job-bus.ts";

/** What becomes of one message on its way to one listener; `after`: it is let pass by so many others. */
export type Fate = "arrives" | "lost" | "twice" | { after: number };

/** Several instances' buses as one listener hears them, over a network that loses, doubles and delays. */
export function lossyBus(buses: JobBus[], fate: () => Fate): JobBus & { bringLate(): void } {
  const late: { left: number; bring: () => void }[] = [];

  function bringLate(isOver = true): void {
    for (const one of late.slice()) {
      if (!isOver && one.left-- > 0) continue;
      late.splice(late.indexOf(one), 1);
      one.bring();
    }
  }

  function lossy(listener: JobListener): JobListener {
    return (message) => {
      const will = fate();
      if (will === "arrives" || will === "twice") listener(message);
      if (will === "twice") listener(message);
      bringLate(false);
      if (typeof will === "object") late.push({ left: will.after - 1, bring: () => listener(message) });
    };
  }

  return {
    mayLose: true,
    publish() {
      throw new Error("publish on one of the buses");
    },
    subscribe(userEmail, listener) {
      const stops = buses.map((bus) => bus.subscribe(userEmail, lossy(listener)));
      return () => {
        for (const stop of stops) stop();
      };
    },
    check: async () => {},
    close: async () => {},
    bringLate,
  };
}
