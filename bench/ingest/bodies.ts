const PROCESS = "job-3f0f8b62-3d0c-4a53-9a53-0a5b5f6f7c11";
const SENTENCE = "Der Prüfbericht enthält für jede Maßnahme eine Begründung, geändert am 3. März. ";
const PAGE_SENTENCES = 24;

/** A log line of the Secretary; `n` makes it unlike all others, so that none is a duplicate. */
export function progressBody(n: number): Buffer {
  const message = `Seite ${String(n).padStart(8, "0")} extrahiert`;
  return ascii({ phase: "running", message, process: { id: PROCESS }, progress: n % 96 });
}

/** A final of a large document, text twice, as long as fits into so many bytes (secretary-contract: the bodies). */
export function finalBody(bytes: number): Buffer {
  const page = pageOf(1);
  const perPage = ascii({ page: 1_000, content: page }).byteLength + ascii(page).byteLength;
  const pages = Array.from({ length: Math.floor((bytes - 1_024) / perPage) }, (_, index) =>
    pageOf(index + 1),
  );
  return ascii({
    phase: "completed",
    message: "Extraktion abgeschlossen",
    data: {
      extracted_text: pages.join(""),
      metadata: { text_contents: pages.map((content, index) => ({ page: index + 1, content })) },
    },
  });
}

function pageOf(number: number): string {
  return `Seite ${String(number).padStart(6, "0")}\n${SENTENCE.repeat(PAGE_SENTENCES)}\n`;
}

/** JSON as Python writes it: everything beyond ASCII as `\u00fc`. */
function ascii(value: unknown): Buffer {
  const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return Buffer.from(JSON.stringify(value).replace(/[\u0080-\uffff]/g, escape), "latin1");
}
