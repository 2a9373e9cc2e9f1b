import { expect, test } from "vitest";
import { connectWhenLoaded } from "./connect-when-loaded.ts";
import type { JobStreamConnection, JobStreamOptions } from "./connect-job-stream.ts";
import type { Connection } from "./connection.ts";

test("What is loaded connects with the options, and is closed with it", async () => {
  const { connect, opened } = recorder();
  const stream = connectWhenLoaded(async () => connect)(options());
  await expect.poll(() => opened).toHaveLength(1);
  expect(opened[0]?.options.url).toBe("/stream");
  stream.wake();
  stream.close();
  expect(opened[0]?.said).toEqual(["wake", "close"]);
});

test("Closed before it is loaded, it never connects", async () => {
  const { connect, opened } = recorder();
  const loading = Promise.withResolvers<typeof connect>();
  const stream = connectWhenLoaded(() => loading.promise)(options());
  stream.close();
  loading.resolve(connect);
  await loading.promise;
  expect(opened).toEqual([]);
});

test("Code that cannot be had is a lost connection, tried again", async () => {
  const { connect, opened } = recorder();
  const told: Connection[] = [];
  let attempts = 0;
  const load = async () => {
    if (++attempts === 1) throw new TypeError("Failed to fetch dynamically imported module");
    return connect;
  };
  const stream = connectWhenLoaded(load)(options((connection) => told.push(connection)));
  await expect.poll(() => opened).toHaveLength(1);
  expect(told).toMatchObject([{ state: "reconnecting", problem: "unreachable" }]);
  stream.close();
});

type Options = JobStreamOptions & { cursor: string };

function options(onConnection: (connection: Connection) => void = () => {}): Options {
  return { url: "/stream", cursor: "a.1", random: () => 0, onEvent: () => {}, onConnection };
}

/** A way to connect that notes what was asked of it. */
function recorder() {
  const opened: { options: Options; said: string[] }[] = [];
  const connect = (given: Options): JobStreamConnection => {
    const said: string[] = [];
    opened.push({ options: given, said });
    return { wake: () => said.push("wake"), close: () => said.push("close") };
  };
  return { connect, opened };
}
