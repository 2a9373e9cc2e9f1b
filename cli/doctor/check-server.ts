import { z } from "zod";
import { errorBodySchema } from "#app/contract/http.ts";
import { healthAnswerSchema, readyAnswerSchema } from "#app/contract/operator.ts";
import type { DoctorTexts } from "#app/locales/terminal-doctor.ts";
import { safeLine } from "../render/safe-line.ts";
import type { Finding } from "./check.ts";

const ANSWER_WITHIN_MS = 10_000;
const CLOCK_TOLERANCE_MS = 5_000;
const SECRETARY = "secretary";

export type Answer = { status: number; headers: Headers; body: unknown; ms: number };

/** Asks one address of the server; a string is why nobody answered. */
export async function ask(request: typeof fetch, address: string): Promise<Answer | string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ANSWER_WITHIN_MS);
  const begin = performance.now();
  try {
    const response = await request(address, { signal: controller.signal, redirect: "manual" });
    const body: unknown = await response.json().catch(() => undefined);
    const ms = Math.round(performance.now() - begin);
    return { status: response.status, headers: response.headers, body, ms };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    return safeLine(code || (cause instanceof Error ? cause.message : String(cause)));
  } finally {
    clearTimeout(timer);
  }
}

/** Whether jobmon answers there. */
export function checkAddress(url: string, answer: Answer | string, texts: DoctorTexts): Finding {
  const name = "address";
  const shown = safeLine(url);
  if (typeof answer === "string") {
    return { name, state: "failed", text: texts.unreachable({ url: shown, reason: answer }) };
  }
  const isJobmon = healthAnswerSchema.safeParse(answer.body).success;
  if (!isJobmon) return { name, state: "failed", text: texts.notJobmon({ url: shown }) };
  return { name, state: "ok", text: texts.address({ url: shown, ms: answer.ms }) };
}

/** The server tells itself whether its parts work; its storage has its indexes before it listens. */
export function checkStorage(answer: Answer | string, texts: DoctorTexts): Finding {
  const name = "storage";
  if (typeof answer === "string") return { name, state: "failed", text: texts.notReady({ reason: answer }) };
  const ready = readyAnswerSchema.safeParse(answer.body).data;
  if (ready !== undefined) {
    const parts = Object.entries(ready.parts).filter(([part]) => part !== SECRETARY);
    const ailing = parts.filter(([, state]) => state !== "ok").map(([part, state]) => `${part}: ${state}`);
    if (ailing.length > 0) {
      return { name, state: "warning", text: texts.notReady({ reason: ailing.join(", ") }) };
    }
    return { name, state: "ok", text: texts.storage({ parts: parts.map(([part]) => part).join(", ") }) };
  }
  const said = errorBodySchema.safeParse(answer.body).data?.error.message ?? String(answer.status);
  return { name, state: "failed", text: texts.notReady({ reason: safeLine(said) }) };
}

/** How the server gets on with the Secretary; undefined where there is none that it asks. */
export function checkSecretary(answer: Answer | string, texts: DoctorTexts): Finding | undefined {
  const ready = typeof answer === "string" ? undefined : readyAnswerSchema.safeParse(answer.body).data;
  const state = ready?.parts[SECRETARY];
  if (state === undefined) return undefined;
  if (state === "ok") return { name: SECRETARY, state: "ok", text: texts.secretary };
  const text = state === "refused" ? texts.secretaryRefuses : texts.secretaryAway;
  return { name: SECRETARY, state: "warning", text };
}

const documentSchema = z.object({ info: z.object({ version: z.string() }) });

/** Whether both sides are of one version. */
export function checkVersions(client: string, answer: Answer | string, texts: DoctorTexts): Finding {
  const document = typeof answer === "string" ? undefined : documentSchema.safeParse(answer.body).data;
  const server = document?.info.version ?? "?";
  const node = process.versions.node;
  return server === client
    ? { name: "versions", state: "ok", text: texts.versions({ client, node }) }
    : { name: "versions", state: "warning", text: texts.otherVersion({ client, server: safeLine(server) }) };
}

/** Whether this clock and the server's agree, as far as a header of whole seconds tells. */
export function checkClock({ headers }: Answer, now: number, texts: DoctorTexts): Finding {
  const name = "clock";
  const there = Date.parse(headers.get("Date") ?? "");
  if (Number.isNaN(there)) return { name, state: "warning", text: texts.clockUnknown };
  const off = Math.abs(now - there);
  if (off <= CLOCK_TOLERANCE_MS) return { name, state: "ok", text: texts.clock };
  return { name, state: "warning", text: texts.clockOff({ seconds: Math.round(off / 1000) }) };
}
