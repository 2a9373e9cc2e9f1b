import { z } from "zod";
import { meSchema } from "#app/contract/http.ts";
import type { Locale } from "#app/locales/locale.ts";
import type { DoctorTexts } from "#app/locales/terminal-doctor.ts";
import { safeLine } from "../render/safe-line.ts";
import type { Answer } from "./check-server.ts";
import type { Finding } from "./check.ts";

const HOUR_MS = 3_600_000;
const SOON_MS = 24 * HOUR_MS;

/** Who the server takes us for. */
export function checkSignIn(answer: Answer | string, texts: DoctorTexts): Finding {
  const me = typeof answer === "string" ? undefined : meSchema.safeParse(answer.body).data;
  if (me === undefined) return { name: "signIn", state: "failed", text: texts.refused };
  return { name: "signIn", state: "ok", text: texts.signIn({ userEmail: safeLine(me.userEmail) }) };
}

const payloadSchema = z.object({ exp: z.number() });

/** When a token expires, where it tells: a JWT does (RFC 7519, `exp`), an API key does not. */
export function checkToken(
  token: string | undefined,
  isTaken: boolean,
  { now, locale, texts }: { now: number; locale: Locale; texts: DoctorTexts },
): Finding | undefined {
  const name = "token";
  if (token === undefined) return isTaken ? { name, state: "ok", text: texts.noToken } : undefined;
  const expiresAt = expiryOf(token);
  if (expiresAt === undefined) return isTaken ? { name, state: "ok", text: texts.tokenOpaque } : undefined;
  const left = expiresAt - now;
  if (left <= 0) return { name, state: "failed", text: texts.tokenExpired };
  if (left < SOON_MS) {
    return { name, state: "warning", text: texts.tokenSoon({ hours: Math.ceil(left / HOUR_MS) }) };
  }
  const date = new Date(expiresAt).toLocaleDateString(locale, { dateStyle: "medium" });
  return { name, state: "ok", text: texts.tokenValid({ date }) };
}

function expiryOf(token: string): number | undefined {
  const [, payload = ""] = token.split(".");
  try {
    return payloadSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString())).exp * 1000;
  } catch {
    return undefined;
  }
}
