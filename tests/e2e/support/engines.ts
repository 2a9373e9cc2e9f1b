import { randomUUID } from "node:crypto";
import { startMongo } from "../../support/start-mongo.ts";

/** A storage a server may have: `env` names a new one of it, which several servers may share where it is `shared`. */
export type Engine = { name: string; isShared: boolean; env(): Record<string, string> };

/** The embedded storage and, where there is one to be had, MongoDB; `stop` ends what was started. */
export async function startEngines(): Promise<{ engines: Engine[]; stop(): Promise<void> }> {
  const mongo = await startMongo();
  const engines: Engine[] = [{ name: "embedded", isShared: false, env: () => ({}) }];
  if (mongo !== undefined) {
    const env = () => {
      const uri = new URL(mongo.uri);
      uri.pathname = `/jobmon-${randomUUID()}`;
      return { MONGODB_URI: uri.href };
    };
    engines.push({ name: "MongoDB", isShared: true, env });
  }
  return { engines, stop: async () => mongo?.stop() };
}
