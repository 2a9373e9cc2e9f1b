import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JobBus, JobFact, JobMessage } from "#app/server/bus/job-bus.ts";
import { ANNA, BERT, aJob, lines } from "./stored-jobs.ts";

/** What a bus under test offers. `settled` resolves when the subscriptions made so far are in force. */
export type BusUnderTest = {
  bus: JobBus;
  /** The errors of listeners that were reported so far. */
  reported: () => unknown[];
  settled?: () => Promise<void>;
  dispose: () => Promise<void>;
};

/** Every guarantee of `JobBus`; each adapter runs it. A message may be late, so arrival is awaited. */
export function describeJobBus(name: string, createBus: () => Promise<BusUnderTest>): void {
  describe(`job bus: ${name}`, () => {
    let test: BusUnderTest;
    beforeEach(async () => {
      test = await createBus();
    });
    afterEach(() => test.dispose());

    it("brings a message whole, with its bigint, its job and its lines", async () => {
      const inbox = subscribe(ANNA);
      await test.settled?.();
      const message = { ...aFact(ANNA, 2n ** 60n + 1n), logs: lines(2) };
      test.bus.publish(message);
      expect(await inbox.arrived(1)).toMatchObject([message]);
    });

    it("brings every message to every listener of the user, in order", async () => {
      const inboxes = [subscribe(ANNA), subscribe(ANNA), subscribe(ANNA)];
      await test.settled?.();
      const messages = Array.from({ length: 50 }, (_, n) => aFact(ANNA, BigInt(n + 1)));
      for (const message of messages) test.bus.publish(message);
      for (const inbox of inboxes) expect(await inbox.arrived(50)).toMatchObject(messages);
    });

    it("names with each message the one its sender sent before to the same user", async () => {
      const inbox = subscribe(ANNA);
      await test.settled?.();
      for (const [user, seq] of [
        [ANNA, 3n],
        [BERT, 9n],
        [ANNA, 5n],
        [ANNA, 6n],
      ] as const) {
        test.bus.publish(aFact(user, seq));
      }
      const arrived = await inbox.arrived(3);
      expect(arrived.map(({ previous }) => previous)).toEqual([0n, 3n, 5n]);
      expect(new Set(arrived.map(({ sender }) => sender)).size).toBe(1);
    });

    it("brings nothing of one user to another", async () => {
      const [annas, berts] = [subscribe(ANNA), subscribe(BERT)];
      await test.settled?.();
      const [toBert, toAnna] = [aFact(BERT, 1n), aFact(ANNA, 2n)];
      test.bus.publish(toBert);
      test.bus.publish(toAnna);
      expect(await annas.arrived(1)).toMatchObject([toAnna]);
      expect(await berts.arrived(1)).toMatchObject([toBert]);
    });

    it("brings nothing to a listener that stopped, and everything to the others", async () => {
      const [stopped, listening] = [subscribe(ANNA), subscribe(ANNA)];
      await test.settled?.();
      stopped.stop();
      stopped.stop();
      test.bus.publish(aFact(ANNA, 1n));
      expect(await listening.arrived(1)).toHaveLength(1);
      expect(stopped.messages).toEqual([]);
    });

    it("listens again after the last listener of a user has stopped", async () => {
      const first = subscribe(ANNA);
      await test.settled?.();
      first.stop();
      const second = subscribe(ANNA);
      first.stop();
      await test.settled?.();
      test.bus.publish(aFact(ANNA, 1n));
      expect(await second.arrived(1)).toHaveLength(1);
      expect(first.messages).toEqual([]);
    });

    it("reports a listener that throws and harms neither the publisher nor another listener", async () => {
      const fault = new Error("a broken listener");
      test.bus.subscribe(ANNA, () => {
        throw fault;
      });
      const inbox = subscribe(ANNA);
      await test.settled?.();
      expect(() => test.bus.publish(aFact(ANNA, 1n))).not.toThrow();
      expect(await inbox.arrived(1)).toHaveLength(1);
      expect(test.reported()).toEqual([fault]);
    });

    it("lets a listener stop itself and others while it is called", async () => {
      const inbox = subscribe(ANNA);
      const stop = test.bus.subscribe(ANNA, () => {
        stop();
        inbox.stop();
      });
      await test.settled?.();
      const last = subscribe(ANNA);
      await test.settled?.();
      test.bus.publish(aFact(ANNA, 1n));
      test.bus.publish(aFact(ANNA, 2n));
      expect(await last.arrived(2)).toHaveLength(2);
      expect(inbox.messages).toHaveLength(1);
    });

    it("takes a message nobody listens to", () => {
      expect(() => test.bus.publish(aFact(ANNA, 1n))).not.toThrow();
    });

    it("is ready when it is open, and publishing after the end is no error", async () => {
      await expect(test.bus.check()).resolves.toBeUndefined();
      await test.bus.close();
      expect(() => test.bus.publish(aFact(ANNA, 1n))).not.toThrow();
    });

    function subscribe(userEmail: string) {
      const messages: JobMessage[] = [];
      const waiting = new Set<() => void>();
      const stop = test.bus.subscribe(userEmail, (message) => {
        messages.push(message);
        for (const look of waiting) look();
      });
      const arrived = (count: number) =>
        new Promise<JobMessage[]>((resolve) => {
          const look = () => messages.length >= count && resolve(messages);
          waiting.add(look);
          look();
        });
      return { messages, arrived, stop };
    }
  });
}

/** A fact about a new job of this user. */
export function aFact(userEmail: string, seq: bigint): JobFact {
  return { userEmail, seq, job: aJob({ userEmail }), logs: [] };
}
