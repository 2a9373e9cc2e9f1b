import { createClient, createCluster, createSentinel } from "@redis/client";
import type { RedisAddress } from "./redis-address.ts";

const CONNECT_WITHIN_MS = 2_000;
const LONGEST_PAUSE_MS = 1_000;
/** What waits for an answer; more is refused at once. */
const COMMANDS_WAITING = 2_000;

/** The clients of the library, the same for one server, sentinels and a cluster. */
export type RedisClients = {
  /** Rejects when nobody is there yet, with some kinds only at the first time; the library comes back by itself later. */
  connect(): Promise<unknown>;
  publish(channel: string, text: string): Promise<unknown>;
  subscribe(channels: string[], listener: (text: string, channel: string) => void): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  /** Runs a Lua script; all its keys belong to the same slot. */
  run(script: string, keys: string[], values: string[]): Promise<unknown>;
  destroy(): void;
};

/** `onTrouble`: a connection broke, or was made again; messages may have been lost. */
export function openClients(address: RedisAddress, onTrouble: (error?: unknown) => void): RedisClients {
  const { username, password, database, isEncrypted } = address;
  const socket = {
    connectTimeout: CONNECT_WITHIN_MS,
    reconnectStrategy: (tries: number) =>
      Math.min(LONGEST_PAUSE_MS, 25 * 2 ** tries) * (0.5 + Math.random() / 2),
  };
  const common = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    socket: isEncrypted ? { ...socket, tls: true as const } : socket,
    commandsQueueMaxLength: COMMANDS_WAITING,
    disableOfflineQueue: true,
  };
  if (address.kind === "cluster") {
    const cluster = createCluster({
      rootNodes: address.hosts.map((host) => ({ ...common, socket: { ...common.socket, ...host } })),
      defaults: common,
    });
    for (const event of ["error", "node-error", "node-reconnecting"]) cluster.on(event, onTrouble);
    return clientsOf(cluster, cluster);
  }
  if (address.kind === "sentinel") {
    const sentinel = createSentinel({
      name: address.name,
      sentinelRootNodes: address.hosts,
      nodeClientOptions: { ...common, database },
      sentinelClientOptions: { socket: common.socket },
      scanInterval: 1_000,
    });
    for (const event of ["error", "client-error", "topology-change"]) sentinel.on(event, onTrouble);
    return clientsOf(sentinel, sentinel);
  }
  const [node] = address.hosts;
  const teller = createClient({ ...common, socket: { ...common.socket, ...node }, database });
  const hearer = teller.duplicate({ disableOfflineQueue: false });
  for (const client of [teller, hearer]) client.on("error", onTrouble).on("reconnecting", () => onTrouble());
  return clientsOf(teller, hearer);
}

type Teller = {
  connect(): Promise<unknown>;
  publish(channel: string, text: string): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  destroy(): unknown;
};
type Hearer = {
  connect(): Promise<unknown>;
  subscribe(channels: string[], listener: (text: string, channel: string) => void): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  destroy(): unknown;
};

function clientsOf(teller: Teller, hearer: Hearer): RedisClients {
  const both = Object.is(teller, hearer) ? [teller] : [teller, hearer];
  return {
    connect: () => Promise.all(both.map((client) => client.connect())),
    publish: async (channel, text) => teller.publish(channel, text),
    subscribe: async (channels, listener) => hearer.subscribe(channels, listener),
    unsubscribe: async (channel) => hearer.unsubscribe(channel),
    run: async (script, keys, values) => teller.eval(script, { keys, arguments: values }),
    destroy() {
      for (const client of both) void end(client);
    },
  };
}

/** One that was not open, or is closing, says so by an error or by a promise; gone it is either way. */
async function end(client: { destroy(): unknown }): Promise<void> {
  try {
    await client.destroy();
  } catch {}
}
