import { randomBytes } from "node:crypto";
import type { JobFact, JobMessage } from "./job-bus.ts";

const USERS_KEPT = 100_000;

/** Makes messages of facts, under the name of a sender that is new with every process. */
export function createMessageChain(usersKept = USERS_KEPT): (fact: JobFact) => JobMessage {
  const sender = randomBytes(8).toString("hex");
  /** The last place told of each user, the longest silent first. */
  const last = new Map<string, bigint>();
  let hasForgotten = false;

  return (fact) => {
    const { userEmail, seq } = fact;
    const previous = last.get(userEmail) ?? (hasForgotten ? undefined : 0n);
    last.delete(userEmail);
    last.set(userEmail, seq);
    if (last.size > usersKept) {
      for (const silent of last.keys()) {
        last.delete(silent);
        break;
      }
      hasForgotten = true;
    }
    return { ...fact, sender, previous };
  };
}
