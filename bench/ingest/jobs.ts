import { registeredSchema } from "#app/contract/http.ts";

const AT_ONCE = 16;

/** A registered job and what it was sent: `sent` callbacks, the last answer said `revision`. */
export type Target = { url: URL; token: string; sent: number; revision: number };

/** Registers jobs over HTTP, as an application does. */
export async function registerJobs(url: string, count: number): Promise<Target[]> {
  const targets: Target[] = [];
  const one = async (): Promise<void> => {
    const response = await fetch(`${url}/api/external/jobs`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ title: "Bericht.pdf", kind: "pdf" }),
    });
    if (response.status !== 201) throw new Error(`registration: ${response.status} ${await response.text()}`);
    const { callback_url, callback_token } = registeredSchema.parse(await response.json());
    targets.push({ url: new URL(callback_url), token: callback_token, sent: 0, revision: 0 });
  };
  for (let left = count; left > 0; left -= AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, left) }, one));
  }
  return targets;
}

/** A run counts only if nothing was lost or doubled: every callback raised its job's revision by exactly one. */
export function checkNoneLost(targets: readonly Target[]): void {
  const broken = targets.filter(({ sent, revision }) => sent !== revision);
  if (broken.length === 0) return;
  const [{ sent, revision } = { sent: 0, revision: 0 }] = broken;
  throw new Error(`void: ${broken.length} jobs lost callbacks, one is at ${revision} after ${sent}`);
}
