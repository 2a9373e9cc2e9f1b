import type { DoctorTexts } from "#app/locales/terminal-doctor.ts";
import type { Finding } from "./check.ts";

const FIRST_EVENT_WITHIN_MS = 5_000;
const SLOW_MS = 1_000;
const FIRST_EVENT = "event: ready";

/**
 * Opens a live stream as a viewer does and measures when its first event is here. The server sends it at once and keeps
 * the stream open: what does not arrive is held by something on the way.
 */
export async function checkStream(
  request: typeof fetch,
  address: string,
  texts: DoctorTexts,
): Promise<Finding> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), FIRST_EVENT_WITHIN_MS);
  const begin = performance.now();
  try {
    const response = await request(address, {
      signal: controller.signal,
      headers: { Accept: "text/event-stream" },
    });
    const { status, headers, body } = response;
    if (status !== 200 || body === null || !headers.get("Content-Type")?.startsWith("text/event-stream")) {
      const advice = status === 429 || status === 503 ? texts.streamCount : texts.streamOther;
      return failed(texts.streamRefused({ status: String(status), advice }));
    }
    await firstEvent(body);
    const ms = Math.round(performance.now() - begin);
    const encoding = headers.get("Content-Encoding");
    if (encoding !== null) return { name: "stream", state: "warning", text: texts.encoded({ encoding }) };
    return ms > SLOW_MS
      ? { name: "stream", state: "warning", text: texts.streamSlow({ ms }) }
      : { name: "stream", state: "ok", text: texts.stream({ ms }) };
  } catch {
    return failed(texts.buffered({ seconds: FIRST_EVENT_WITHIN_MS / 1000 }));
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

function failed(text: string): Finding {
  return { name: "stream", state: "failed", text };
}

/** Rejects where the stream ends before. */
async function firstEvent(body: ReadableStream<Uint8Array>): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text = (text + decoder.decode(chunk, { stream: true })).slice(-8_192);
    if (text.includes(FIRST_EVENT)) return;
  }
  throw new Error("the stream ended before its first event");
}
