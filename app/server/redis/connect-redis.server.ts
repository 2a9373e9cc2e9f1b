import { randomBytes } from "node:crypto";
import type { Log } from "#app/server/log.server.ts";
import { openClients, type RedisClients } from "./open-clients.server.ts";
import { parseRedisAddress, type RedisAddress } from "./redis-address.ts";

const PULSE_EVERY_MS = 1_000;
/** A pulse that has not come back by then: Redis is away. */
const AWAY_AFTER_MS = 4_000;
/** After that the connections are given up and made anew: a peer that vanished without a word never closes one. */
const RENEWED_AFTER_MS = 15_000;
const RETRY_AFTER_MS = 1_000;

/** One connection to speak and one to listen, for everything this process has Redis do. */
export type Redis = {
  /** A name in the part of Redis that is this deployment's. */
  key(name: string): string;
  /** Rejects at once while Redis is away, or when too much waits already. */
  publish(channel: string, text: string): Promise<unknown>;
  /**
   * Hears a channel until `unsubscribe`, over any number of interruptions; one listener a channel. `onInForce` is
   * called when it has taken effect, and again whenever messages may have been lost in between.
   */
  subscribe(channel: string, listener: (text: string) => void, onInForce: () => void): void;
  unsubscribe(channel: string): void;
  /** Runs a Lua script; all its keys share one `{tag}`. Rejects while Redis is away. */
  run(script: string, keys: string[], values: string[]): Promise<unknown>;
  /** Resolves while what is published comes back. */
  check(): Promise<void>;
  close(): void;
};

/**
 * Connects by itself, for as long as it takes. What it hears is its own pulse too, numbered, once a second: one that
 * is missing, or a connection that broke, means that messages may be lost, whatever kind of Redis it is.
 */
export function connectRedis(options: { url: string; prefix: string; log: Log }): Redis {
  const { prefix, log } = options;
  const address = addressOf(options.url);
  const channels = new Map<string, { listener: (text: string) => void; onInForce: () => void }>();
  const pulse = `${prefix}pulse:${randomBytes(8).toString("hex")}`;
  let clients: RedisClients;
  let isClosed = false;
  let [sent, heard] = [0, 0];
  let heardAt = -Infinity;
  let openedAt = 0;
  let isInterrupted = true;
  let isAway = true;

  function open(): void {
    openedAt = performance.now();
    isInterrupted = true;
    const opened = openClients(address, (error) => {
      isInterrupted = true;
      if (error !== undefined) log.debug({ error }, "a connection to redis failed");
    });
    clients = opened;
    opened.connect().then(
      () => listen([...channels.keys(), pulse]),
      (error: unknown) => {
        log.debug({ error }, "redis cannot be reached");
        opened.destroy();
        setTimeout(() => opened === clients && !isClosed && open(), RETRY_AFTER_MS).unref();
      },
    );
  }

  /** In one command, so that what was heard before is heard again all at once. */
  function listen(names: string[]): void {
    const asked = clients;
    asked.subscribe(names, hear).then(
      () => (names.includes(pulse) ? beat() : inForce(names)),
      () => {
        const retry = () =>
          asked === clients && listen(names.filter((name) => name === pulse || channels.has(name)));
        if (!isClosed) setTimeout(retry, RETRY_AFTER_MS).unref();
      },
    );
  }

  function hear(text: string, channel: string): void {
    if (channel !== pulse) return channels.get(channel)?.listener(text);
    const wasLost = isInterrupted || Number(text) !== heard + 1;
    heard = Number(text);
    heardAt = performance.now();
    isInterrupted = false;
    if (isAway) log.info("redis: messages flow");
    isAway = false;
    if (wasLost) inForce([...channels.keys()]);
  }

  function inForce(names: string[]): void {
    for (const name of names) channels.get(name)?.onInForce();
  }

  function beat(): void {
    sent += 1;
    clients.publish(pulse, String(sent)).catch(() => {});
  }

  const timer = setInterval(() => {
    const silentMs = performance.now() - Math.max(heardAt, openedAt);
    if (!isAway && silentMs > AWAY_AFTER_MS)
      log.warn("redis is away: streams are told by the repository alone");
    isAway ||= silentMs > AWAY_AFTER_MS;
    if (silentMs > RENEWED_AFTER_MS) {
      clients.destroy();
      open();
    } else beat();
  }, PULSE_EVERY_MS).unref();
  open();

  return {
    key: (name) => prefix + name,
    publish: (channel, text) => clients.publish(channel, text),
    subscribe(channel, listener, onInForce) {
      channels.set(channel, { listener, onInForce });
      listen([channel]);
    },
    unsubscribe(channel) {
      if (channels.delete(channel)) clients.unsubscribe(channel).catch(() => {});
    },
    run: (script, keys, values) => clients.run(script, keys, values),
    async check() {
      if (performance.now() - heardAt > AWAY_AFTER_MS) throw new RedisAwayError("redis does not answer");
    },
    close() {
      isClosed = true;
      clearInterval(timer);
      clients.destroy();
    },
  };
}

function addressOf(url: string): RedisAddress {
  const address = parseRedisAddress(url);
  if (address === undefined) throw new RedisAwayError("REDIS_URL is no address of Redis");
  return address;
}

/** What is asked of Redis cannot be had at the moment. */
class RedisAwayError extends Error {
  readonly code = "redis_away";
}
