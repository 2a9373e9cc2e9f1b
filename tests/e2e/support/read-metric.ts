import { setTimeout as wait } from "node:timers/promises";

/** What a server counts under this name, without labels. */
export async function readMetric(url: string, name: string): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { Connection: "close" } });
  const value = new RegExp(`^${name} (\\d+)$`, "m").exec(await answer.text())?.[1];
  if (value === undefined) throw new Error(`no metric ${name}`);
  return Number(value);
}

/** Resolves once so many viewers are live: one that has shown the list may not have opened its stream yet. */
export async function awaitStreams(url: string, count: number): Promise<void> {
  while ((await readMetric(url, "jobmon_streams_open")) !== count) await wait(20);
}
