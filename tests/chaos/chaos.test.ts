import { afterEach, beforeEach, expect, it } from "vitest";
import { type RunningServer, startServer } from "../e2e/support/start-server.ts";
import { type CuttingProxy, startCuttingProxy } from "./cutting-proxy.ts";
import { runHistory, type Trouble } from "./run-history.ts";
import { between, pause, randomOf, seed } from "./seed.ts";
import { type ChaosViewer, watchAsClient, watchBySocket } from "./viewers.ts";

const SHIFT_CLOCK = new URL("shift-clock.mjs", import.meta.url).href;
const random = randomOf(seed);

let server: RunningServer;
let network: CuttingProxy;
let viewers: ChaosViewer[];
beforeEach(async () => {
  server = await startServer({
    env: {
      HEARTBEAT_SECONDS: "0.5",
      STREAMS_PER_USER: "2000",
      NODE_OPTIONS: `--import=${SHIFT_CLOCK}`,
    },
  });
  network = await startCuttingProxy(server.url);
  viewers = [];
});
afterEach(async () => {
  for (const viewer of viewers) viewer.close();
  await network[Symbol.asyncDispose]();
  await server.stop();
});

it("connections that break anywhere", async () => {
  await watch({ clients: 4, sockets: 4 });
  await expectKept(async () => {
    network.cutAfter(between(random, 0, 1) === 0 ? undefined : between(random, 0, 6_000));
    if (between(random, 0, 2) === 0) network.cutAll();
    await pause(between(random, 0, 200));
  });
});

it("connections that go dead without a word", async () => {
  await watch({ clients: 4, sockets: 0 });
  await expectKept(async () => {
    if (between(random, 0, 1) === 0) network.freezeAll();
    await pause(between(random, 0, 1_500));
  });
});

it("a server that is killed and started again", async () => {
  await watch({ clients: 4, sockets: 4 });
  await expectKept(async (more) => {
    // However long a start takes, some are written before the next one.
    await more(between(random, 5, 60));
    await server.kill("SIGKILL");
    await server.restart();
  });
});

it("a clock that is set an hour ahead and an hour back", async () => {
  await watch({ clients: 4, sockets: 4 });
  await expectKept(async () => {
    await pause(between(random, 100, 400));
    process.kill(server.pid(), "SIGUSR2");
  });
  await expect
    .poll(() => server.stderr())
    .toMatch(/clock shifted by 3600000\n[^]*clock shifted by -3600000\n/);
});

it("50 viewers of 1,000 that take nothing for a while", async () => {
  await watch({ clients: 4, sockets: 996 });
  const stalled = viewers.slice(-50);
  for (const viewer of stalled) viewer.stall();
  await expectKept(
    () => pause(500),
    () => stalled.forEach((viewer) => viewer.resume()),
  );
});

/** Viewers behind the bad network, all from the same beginning. */
async function watch(count: { clients: number; sockets: number }): Promise<void> {
  const beginning = await fetch(`${server.url}/api/external/jobs`);
  const { head }: { head: string } = await beginning.json();
  for (let n = 0; n < count.clients; n++)
    viewers.push(await watchAsClient(`client ${n}`, network.url, random));
  for (let n = 0; n < count.sockets; n++) viewers.push(watchBySocket(`socket ${n}`, network.url, head));
}

async function expectKept(trouble: Trouble, heal: () => void = () => {}): Promise<void> {
  const run = await runHistory({
    urls: [server.url],
    viewers,
    random,
    trouble,
    heal() {
      network.cutAfter(undefined);
      heal();
    },
  });
  console.log(`seed ${seed}: ${run.acknowledged} callbacks acknowledged, ${run.seen} events seen`);
  expect(run.broken, `CHAOS_SEED=${seed} repeats this run`).toEqual([]);
  expect(run.acknowledged).toBeGreaterThan(100);
}
