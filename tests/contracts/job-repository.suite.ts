import { afterEach, beforeEach, describe } from "vitest";
import { describeFeed } from "./job-repository.feed.suite.ts";
import { describeLife } from "./job-repository.life.suite.ts";
import { describeList } from "./job-repository.list.suite.ts";
import { describeParts } from "./job-repository.parts.suite.ts";
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

    describeWrites(() => store.repository);
    describeList(() => store.repository);
    describeFeed(() => store.repository);
    describeParts(() => store.repository);
    describeLife(() => store);
  });
}
