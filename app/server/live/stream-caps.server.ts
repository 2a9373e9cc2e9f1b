import { randomInt } from "node:crypto";
import { errorAnswer } from "#app/server/http/answers.server.ts";
import type { StreamGauges } from "./stream-gauges.ts";
import type { StreamLimits } from "./stream-limits.ts";

/** Counts the open streams of this process and of each user; no living stream gives way to a new one. */
export function createStreamCaps(options: {
  limits: Pick<StreamLimits, "streamsPerUser" | "streamsPerProcess">;
  gauges: StreamGauges;
}) {
  const { limits, gauges } = options;
  const perUser = new Map<string, number>();
  let total = 0;

  return {
    /** The answer to a user who may not have another stream now; undefined to one who may. */
    refuse(userEmail: string): Response | undefined {
      const count = perUser.get(userEmail) ?? 0;
      if (count < limits.streamsPerUser && total < limits.streamsPerProcess) return undefined;
      gauges.refused += 1;
      if (count < limits.streamsPerUser)
        return refused(
          503,
          "full",
          "the server has as many open streams as it may: connect again in a moment",
        );
      return tooManyStreams(count);
    },
    add(userEmail: string): void {
      perUser.set(userEmail, (perUser.get(userEmail) ?? 0) + 1);
      total += 1;
    },
    remove(userEmail: string): void {
      const left = (perUser.get(userEmail) ?? 0) - 1;
      if (left > 0) perUser.set(userEmail, left);
      else perUser.delete(userEmail);
      total -= 1;
    },
  };
}

/** 429: the user has as many streams as one may. */
export function tooManyStreams(count: number): Response {
  return refused(429, "too_many_streams", `you have ${count} open streams, as many as you may: close one`);
}

/** An answer instead of a stream; the instants to come back at are spread. */
export function refused(status: 429 | 503, code: string, message: string): Response {
  const headers = {
    "Retry-After": String(randomInt(1, 6)),
    ...(status === 503 ? { Connection: "close" } : {}),
  };
  return errorAnswer(status, code, message, { headers });
}
