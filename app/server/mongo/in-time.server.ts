import { Collection, type Db, MongoNetworkTimeoutError } from "mongodb";

/** What the driver waits for by itself is over by then, and it has told. */
const SPARE_MS = 1_000;

/**
 * The same database, on which no operation of a collection takes for ever: one that has not come to an end after all
 * that the driver would wait for, twice, rejects with a `MongoNetworkTimeoutError`. The driver (7.9) forgets a write
 * that waits for room in the buffers of a socket when it gives that socket up, as it does where a database hangs.
 */
export function inTime(db: Db): Db {
  const { serverSelectionTimeoutMS, socketTimeoutMS = 0 } = db.client.options;
  if (socketTimeoutMS === 0) return db;
  const limitMs = 2 * (serverSelectionTimeoutMS + socketTimeoutMS) + SPARE_MS;
  return guarded(db, limitMs);
}

function guarded<Part extends object>(part: Part, limitMs: number): Part {
  return new Proxy(part, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(member, target, args);
        if (result instanceof Collection) return guarded(result, limitMs);
        return result instanceof Promise ? ended(result, limitMs) : result;
      };
    },
  });
}

async function ended<T>(operation: Promise<T>, limitMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new MongoNetworkTimeoutError(`no end after ${limitMs} ms`)),
    limitMs,
  );
  try {
    return await Promise.race([operation, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
