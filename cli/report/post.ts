import type { z } from "zod";
import { retryAfterMs } from "#app/client/retry-after.ts";
import { errorBodySchema } from "#app/contract/http.ts";

const ANSWER_WITHIN_MS = 10_000;

/** How one attempt to send something ended. */
export type Attempt<Answer> =
  | { kind: "answered"; answer: Answer }
  /** Another attempt would end the same; `status` with the server's own words, 0 where none was asked. */
  | { kind: "refused"; status: number; message: string }
  /** Nobody has answered, or somebody who may answer otherwise later; `retryAfterMs` is the least to wait. */
  | { kind: "unanswered"; reason: string; retryAfterMs: number };

export type Post<Schema extends z.ZodType = z.ZodType> = {
  url: string;
  token: string | undefined;
  body: unknown;
  /** The same for every attempt at the same thing: what arrived twice counts once. */
  idempotencyKey: string;
  schema: Schema;
};

/** POSTs JSON once and reads the answer. Waits 10 s for it at most; never rejects. */
export async function post<Schema extends z.ZodType>(
  { url, token, body, idempotencyKey, schema }: Post<Schema>,
  aborted?: AbortSignal,
): Promise<Attempt<z.infer<Schema>>> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, ANSWER_WITHIN_MS);
  aborted?.addEventListener("abort", abort);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Idempotency-Key": idempotencyKey,
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal: controller.signal,
      redirect: "error",
    });
    return await read(response, schema);
  } catch (error) {
    return { kind: "unanswered", reason: causeOf(error), retryAfterMs: 0 };
  } finally {
    clearTimeout(timer);
    aborted?.removeEventListener("abort", abort);
  }
}

async function read<Schema extends z.ZodType>(
  response: Response,
  schema: Schema,
): Promise<Attempt<z.infer<Schema>>> {
  const { status, headers } = response;
  const body: unknown = await response.json().catch(() => undefined);
  const said = errorBodySchema.safeParse(body).data?.error.message ?? response.statusText;
  if (status >= 500 || status === 429 || status === 408) {
    return {
      kind: "unanswered",
      reason: `${status} ${said}`,
      retryAfterMs: retryAfterMs(headers, Date.now()),
    };
  }
  if (!response.ok) return { kind: "refused", status, message: said };
  const parsed = schema.safeParse(body);
  if (parsed.success) return { kind: "answered", answer: parsed.data };
  return { kind: "refused", status, message: "notJobmon" };
}

/** Node hides why a connection failed one level deeper. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "AbortError") return "late";
  const { cause } = error;
  return cause instanceof Error ? ("code" in cause ? String(cause.code) : cause.message) : error.message;
}

/** Why an attempt was not answered: a word that `runTexts.unanswered` knows, or what the system or the server says. */
export function reasonOf(outcome: Exclude<Attempt<unknown>, { kind: "answered" }>): string {
  if (outcome.kind === "unanswered") return outcome.reason;
  return outcome.status === 0 ? outcome.message : `${outcome.status} ${outcome.message}`;
}
