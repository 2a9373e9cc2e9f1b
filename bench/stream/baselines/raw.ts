import type { ServerResponse } from "node:http";
import {
  type Baseline,
  createMembers,
  frameOf,
  HEADERS,
  makeUpdate,
  START_FRAME,
  userIn,
} from "./baseline.ts";

const MISSED = /[?&]missed=(\d+)/;

/**
 * The least Node can do: one buffer for all members of a user, one `write` for each. `?missed=n` begins with n updates
 * out of a ring buffer, which every viewer shares.
 */
export function createRaw(): Baseline {
  const members = createMembers<ServerResponse>();
  const ring = Array.from({ length: 1_000 }, (_, n) => frameOf(makeUpdate(n, 1)));
  return {
    answer(request, response) {
      const missed = Number(MISSED.exec(request.url ?? "")?.[1] ?? 0);
      response.writeHead(200, HEADERS);
      response.write(ring.slice(0, missed).join("") + START_FRAME);
      const leave = members.add(userIn(request.headers["x-user"]?.toString()), response);
      response.once("close", leave);
    },
    publish(user, updates) {
      const bytes = Buffer.from(updates.map(frameOf).join(""));
      for (const response of members.of(user)) response.write(bytes);
    },
  };
}
