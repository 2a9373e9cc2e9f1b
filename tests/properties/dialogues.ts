import * as fc from "fast-check";

/** A body as a worker of the contract sends it (secretary-contract: the bodies), before it is JSON. */
export type Body = Record<string, unknown>;

/** What one worker says of one job, and the one word that ends it. */
export type Dialogue = { callbacks: Body[]; final: Body };

/** A ZIP with two small text files, as base64. */
export const SOUND_ARCHIVE =
  "UEsDBBQAAAAAAAAAIVru/5FWCAAAAAgAAAAMAAAAcGFnZV8wMDEudHh0U2VpdGUgMQpQSwMEFAAAAAAAAAAhWi2svH0IAAAACAAAAAwAAABwYWdlXzAwMi50eHRTZWl0ZSAyClBLAQIUAxQAAAAAAAAAIVru/5FWCAAAAAgAAAAMAAAAAAAAAAAAAACAAQAAAABwYWdlXzAwMS50eHRQSwECFAMUAAAAAAAAACFaLay8fQgAAAAIAAAADAAAAAAAAAAAAAAAgAEyAAAAcGFnZV8wMDIudHh0UEsFBgAAAAACAAIAdAAAAGQAAAAAAA==";

const text = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: "grapheme", maxLength: 12 }));
const percent = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: -20, max: 250, noNaN: true }));
const process = fc.record({ id: fc.uuid().map((id) => `job-${id}`) });
const job = fc.record({ id: fc.uuid() });
const failure = fc.record({ code: text, message: text, details: fc.dictionary(text, text, { maxKeys: 3 }) });
const optional = { requiredKeys: [] };

const progress = fc.oneof(
  fc.record({
    phase: fc.constantFrom("initializing", "processing", "postprocessing"),
    progress: percent,
    message: text,
    process,
  }),
  fc.record({ phase: fc.constant("progress"), message: text, job, data: fc.record({ progress: percent }) }),
);
const logLine = fc.record(
  {
    phase: fc.constantFrom("running", "failed"),
    message: fc.tuple(text, fc.json({ maxDepth: 2 })).map(([line, args]) => `${line} - Args: ${args}`),
    process,
    progress: percent,
  },
  { requiredKeys: ["phase", "message", "process"] },
);
const plain = fc.oneof(
  fc.constant({}),
  fc.record({ status: fc.constantFrom("running", "queued", "pending") }),
  fc.record({ current: fc.nat(50), total: fc.nat(50), unit: text }, optional),
  fc.record({ logs: fc.array(text, { maxLength: 4 }) }),
  fc.record({ phase: text.filter((phase) => phase !== "completed" && phase !== "error") }),
);

const pdfData = fc.record(
  {
    extracted_text: fc.option(text),
    metadata: fc.record({ text_contents: fc.array(fc.record({ page: fc.nat(9), content: text })) }),
    images_archive_url: fc.constant("/api/archives/1"),
  },
  { requiredKeys: ["extracted_text", "metadata"] },
);
const final: fc.Arbitrary<Body> = fc.oneof(
  fc.record({ phase: fc.constant("completed"), message: text, data: pdfData }),
  fc.record({ phase: fc.constant("completed"), message: text, data: fc.constant({}) }),
  fc.record({
    phase: fc.constant("completed"),
    message: text,
    job,
    data: fc.record({ transcription: fc.record({ text: fc.option(text) }), result: fc.object() }),
  }),
  fc.record({ phase: fc.constant("error"), message: text, job, error: failure, data: fc.constant(null) }),
  fc.record({ phase: fc.constant("error"), message: text, error: failure, data: pdfData }),
  fc.record({
    status: fc.constant("error"),
    worker: fc.constant("secretary"),
    jobId: fc.uuid(),
    process,
    data: fc.constant(null),
    error: failure,
  }),
  fc.record({ data: fc.record({ extracted_text: text }), metadata: fc.object() }),
  fc.record({ data: fc.record({ extracted_text: text }), images_archive_data: fc.constant(SOUND_ARCHIVE) }),
  fc.record({ error: fc.oneof(text.filter(Boolean), failure) }),
  fc.record({ status: fc.constantFrom("completed", "failed", "canceled") }),
);

/** A dialogue of up to twelve callbacks and its final; every third worker counts its words with `seq`. */
export const dialogue: fc.Arbitrary<Dialogue> = fc
  .record({
    callbacks: fc.array(fc.oneof(progress, logLine, plain), { maxLength: 12 }),
    final,
    isCounted: fc.nat(2).map((n) => n === 0),
  })
  .map(({ callbacks, isCounted, final: last }) => {
    const counted = (body: Body, seq: number): Body => (isCounted ? { ...body, seq } : body);
    return { callbacks: callbacks.map(counted), final: counted(last, callbacks.length) };
  });

/** How a dialogue may arrive: in any order, any of it twice or not at all, its final at least once. */
export function arrivals({ callbacks, final: last }: Dialogue): fc.Arbitrary<Body[]> {
  const finals = fc.array(fc.constant(last), { minLength: 1, maxLength: 3 });
  return fc.tuple(fc.shuffledSubarray([...callbacks, ...callbacks]), finals).chain(([others, kept]) => {
    const all = [...others, ...kept];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });
}
