/** Hands a text to the browser as a file to keep. A name of a worker is made one that any system takes. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replaceAll(/[^\p{L}\p{N}\p{M} .,()_-]/gu, "_").slice(-120);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
