import type { Page } from "playwright-core";

/**
 * A page of the same server that does with its stream what cannot be left out: it reads the event, and writes the text
 * and the width of the bar into the row of the job. Resolves once it is connected. `bypassCSP` is needed.
 */
export async function openBareRows(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/healthz`);
  await page.evaluate(async (stream) => {
    const style = document.head.appendChild(document.createElement("style"));
    style.textContent = `body { margin: 0; font: 13px/18px sans-serif } li { height: 72px; list-style: none }
      div { height: 4px; background: gray }`;
    document.body.replaceChildren();
    const list = document.body.appendChild(document.createElement("ul"));
    const rows = new Map<string, { text: Text; bar: HTMLElement }>();

    function rowOf({ jobId, title }: { jobId: string; title: string }) {
      const row = list.appendChild(document.createElement("li"));
      row.appendChild(document.createElement("h4")).textContent = title;
      const made = {
        bar: row.appendChild(document.createElement("div")),
        text: row.appendChild(document.createElement("p")).appendChild(new Text()),
      };
      rows.set(jobId, made);
      return made;
    }

    const source = new EventSource(stream);
    source.addEventListener("job_update", ({ data }: MessageEvent<string>) => {
      const job = JSON.parse(data);
      const { bar, text } = rows.get(job.jobId) ?? rowOf(job);
      bar.style.width = `${job.progress}%`;
      text.data = job.message;
    });
    await new Promise((resolve) => source.addEventListener("ready", resolve));
  }, `${url}/api/external/jobs/stream`);
}

/** A list of so many simple rows, all of them in the document. */
export async function showBareList(page: Page, rows: number): Promise<void> {
  await page.setContent(`<div data-scroller style="height: 100vh; overflow-y: auto"><ul></ul></div>`);
  await page.evaluate((count) => {
    const items = Array.from({ length: count }, (_, at) => {
      const row = document.createElement("li");
      row.style.height = "56px";
      row.textContent = `Akte ${at}.pdf`;
      return row;
    });
    document.querySelector("ul")?.replaceChildren(...items);
  }, rows);
}
