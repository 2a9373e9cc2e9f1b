import type { Cores } from "../measure/cores.ts";
import type { Options } from "./options.ts";
import { measureRounds, type Round } from "./rounds.ts";
import { startVariants, type StreamServer } from "./variants.ts";
import { openViewers, type Viewers } from "./viewers.ts";

const ONE_USER = { users: 1, viewers: 1_000 };
export const MANY_USERS = { users: 2_500, viewers: 5_000, perSecond: 2_000 };
const WARM_UP_S = 2;
/** The next turn is published while the viewers still receive the last: no core waits for the other. */
const TURNS_UNDER_WAY = 2;

/** `cpuUs`: processor time of the server per delivery. `clientBusy`: 0 to 1. */
export type Run = { perSecond: number; cpuUs: number; clientBusy: number };

export type FanOut = {
  /** Bursts of 1 and of 10 per turn to 1,000 viewers of one user, as fast as it goes. */
  oneUser: { rounds: Round<{ one: Run; ten: Run }>[]; dropped: number };
  /** 2,000 updates a second, each to the two viewers of its user. The time it takes to be asked for them is not counted. */
  manyUsers: { rounds: Round<Run>[]; dropped: number };
};

export async function measureFanOut(options: Options, cores: Cores | undefined): Promise<FanOut> {
  const { pairs, seconds, profile } = options;
  await using started = await startVariants({ core: cores?.server, profile });
  const { servers } = started;
  const oneUser = await measureRounds({
    count: pairs,
    speedOf: ({ one }: { one: Run; ten: Run }) => one.perSecond,
    async measure(variant) {
      const server = servers[variant];
      const viewers = await openViewers({ url: server.url, users: ONE_USER.users, count: ONE_USER.viewers });
      await runBursts(server, viewers, 1, WARM_UP_S);
      const one = await runBursts(server, viewers, 1, seconds);
      const ten = await runBursts(server, viewers, 10, seconds);
      await viewers.close();
      return { one, ten };
    },
  });
  const manyUsers = await measureRounds({
    count: pairs,
    speedOf: ({ cpuUs }: Run) => 1 / cpuUs,
    async measure(variant) {
      const server = servers[variant];
      const viewers = await openViewers({
        url: server.url,
        users: MANY_USERS.users,
        count: MANY_USERS.viewers,
      });
      await runRate(server, viewers, WARM_UP_S);
      const run = await runRate(server, viewers, seconds);
      await viewers.close();
      return run;
    },
  });
  return { oneUser, manyUsers };
}

async function runBursts(
  server: StreamServer,
  viewers: Viewers,
  burst: number,
  seconds: number,
): Promise<Run> {
  const size = burst * ONE_USER.viewers;
  return watched(server, viewers, async (before) => {
    const startedAt = performance.now();
    let sent = before;
    while (performance.now() - startedAt < seconds * 1000) {
      await server.order({ kind: "burst", users: 1, count: burst });
      sent += size;
      await viewers.receive(sent - (TURNS_UNDER_WAY - 1) * size);
    }
    await viewers.receive(sent);
    return sent;
  });
}

async function runRate(server: StreamServer, viewers: Viewers, seconds: number): Promise<Run> {
  const { users, perSecond } = MANY_USERS;
  const rate = { kind: "rate", users, perSecond, forFirst: 0, seconds } as const;
  const cpuBefore = await server.cpuUs();
  await server.order({ ...rate, isDry: true });
  const asking = (await server.cpuUs()) - cpuBefore;
  const deliveries = perSecond * seconds * (MANY_USERS.viewers / users);
  const run = await watched(server, viewers, async (before) => {
    await server.order({ ...rate, isDry: false });
    await viewers.receive(before + deliveries);
    return before + deliveries;
  });
  return { ...run, cpuUs: run.cpuUs - asking / deliveries };
}

/** What the work cost; it resolves with how many are to have been received by then, not one more or less. */
async function watched(
  server: StreamServer,
  viewers: Viewers,
  work: (receivedBefore: number) => Promise<number>,
): Promise<Run> {
  const before = viewers.seen.received;
  const clientBefore = process.cpuUsage();
  const cpuBefore = await server.cpuUs();
  const startedAt = performance.now();
  const expected = await work(before);
  const ms = performance.now() - startedAt;
  const cpuUs = (await server.cpuUs()) - cpuBefore;
  const { user, system } = process.cpuUsage(clientBefore);
  const received = viewers.seen.received;
  if (received !== expected) throw new Error(`void: ${received} of ${expected} events came`);
  const deliveries = received - before;
  return {
    perSecond: (deliveries / ms) * 1000,
    cpuUs: cpuUs / deliveries,
    clientBusy: (user + system) / 1000 / ms,
  };
}
