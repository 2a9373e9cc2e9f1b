import { afterEach, beforeEach, describe } from "vitest";
import { describeDeliveries } from "./job-repository.deliveries.suite.ts";
import { describeFeed } from "./job-repository.feed.suite.ts";
import { describeLife } from "./job-repository.life.suite.ts";
import { describeList } from "./job-repository.list.suite.ts";
import { describeLogs } from "./job-repository.logs.suite.ts";
import { describeRegistration } from "./job-repository.registration.suite.ts";
import { describeRemoval } from "./job-repository.removal.suite.ts";
import { describeRunTimes } from "./job-repository.run-times.suite.ts";
import { describeScans } from "./job-repository.scans.suite.ts";
import { describeWrites } from "./job-repository.writes.suite.ts";
import type { CreateStore, StoreUnderTest } from "./stored-jobs.ts";

/** Every guarantee of `JobRepository`; each adapter runs it against its own real storage. */
export function describeJobRepository(name: string, createRepository: CreateStore): void {
  describe(`job repository: ${name}`, () => {
    let store: StoreUnderTest;
    beforeEach(async () => {
      store = await createRepository();
    });
    afterEach(() => store.dispose());

    describeRegistration(() => store.repository);
    describeWrites(() => store.repository);
    describeList(() => store.repository);
    describeFeed(() => store.repository);
    describeRemoval(() => store.repository);
    describeLogs(() => store.repository);
    describeDeliveries(() => store.repository);
    describeScans(() => store.repository);
    describeRunTimes(() => store.repository);
    describeLife(() => store);
  });
}
