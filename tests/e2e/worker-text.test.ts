import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { Registered } from "#app/contract/http.ts";
import { launchBrowser } from "../setup/browser.ts";
import { readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { spawnJobmon, temporaryFolder } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

/** What a page would run, and what a terminal would obey. */
const MARKUP = `"><img src=x onerror="globalThis.hit=1"><svg/onload=globalThis.hit=1><script>globalThis.hit=1</script>`;
const CONTROL = "\u001b]0;owned\u0007\u001b[2J\u001b[31mrot\u009b1A\r\u0008\u202egpj.exe\u2066";
const HOSTILE = `${MARKUP}${CONTROL}\${globalThis.hit=1}{{hit}}`;
/** All that moves a cursor or the order of the letters, but a new line and a tab. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const LINK = "javascript:globalThis.hit=1//";

let server: RunningServer;
let browser: Browser;
let jobs: Registered[];
beforeAll(async () => {
  server = await startServer({ env: { SECRETARY_URL: "http://secretary.example" } });
  browser = await launchBrowser();
  jobs = [await hostileJob("completed"), await hostileJob("failed"), await hostileJob("running")];
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("hostile text in every field of a worker", () => {
  it("is not run by the panel, by an opened job or by the page of one", async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const faults = watchFaults(page);
    for (const { jobId } of jobs) {
      for (const path of [`/?panel=open&job=${jobId}`, `/jobs/${jobId}`]) {
        await page.goto(server.url + path);
        // The log comes with the code of an opened job.
        await page.getByRole("log").getByText("onerror").first().waitFor();
        // What only comes when it is asked for: messages, details, deliveries.
        for (const summary of await page.locator("summary").all())
          if (await summary.isVisible()) await summary.click();
        await expectHarmless(page);
      }
    }
    expect(faults).toEqual([]);
    await page.close();
  });

  it("does not run as an address of the panel either", async () => {
    const page = await browser.newPage();
    const faults = watchFaults(page);
    const words = encodeURIComponent(MARKUP);
    await page.goto(`${server.url}/?panel=open&q=${words}&job=${words}&status=${words}`);
    await expectHarmless(page);
    await page.goto(`${server.url}/jobs/${words}`);
    await expectHarmless(page);
    expect(faults).toEqual([]);
    await page.close();
  });

  it.each([
    ["tail", ["tail", "-n", "10"]],
    ["list", ["list"]],
    ["list as lines of JSON", ["list", "-o", "ndjson"]],
    ["show", ["show", "%JOB%"]],
    ["logs", ["logs", "%JOB%"]],
    ["logs with details", ["logs", "%JOB%", "--details"]],
    ["deliveries", ["deliveries", "%JOB%"]],
  ])("moves no cursor of a terminal: %s", async (_, args) => {
    await using folder = await temporaryFolder();
    for (const { jobId } of jobs) {
      const filled = args.map((arg) => arg.replace("%JOB%", jobId));
      const jobmon = spawnJobmon([...filled, "--color", "never"], {
        cwd: folder.path,
        env: { JOBMON_URL: server.url },
      });
      if (args[0] === "tail") {
        await jobmon.waitFor(/onerror/);
        await jobmon.kill("SIGINT");
      } else await jobmon.exited;
      expect(jobmon.stdout() + jobmon.stderr()).toMatch(/onerror/);
      expect(jobmon.stdout()).not.toMatch(UNSAFE);
    }
  });
});

async function hostileJob(end: "completed" | "failed" | "running"): Promise<Registered> {
  const job = await registerJob(server.url, {
    title: HOSTILE.slice(0, 300),
    kind: MARKUP.slice(0, 40),
    correlation: HOSTILE.slice(0, 200),
  });
  await sendCallback(job, {
    phase: HOSTILE,
    progress: 10,
    message: HOSTILE,
    logs: [{ level: "error", phase: HOSTILE, message: HOSTILE, details: { [HOSTILE]: HOSTILE } }],
  });
  await sendCallback(job, {
    phase: "failed",
    message: `${HOSTILE} - Args: {"a":"${MARKUP.replaceAll('"', "'")}"}`,
  });
  if (end === "completed") {
    const data = { extracted_text: HOSTILE, markdown_url: LINK, pages_archive_url: `/${MARKUP}` };
    await sendCallback(job, { phase: "completed", message: HOSTILE, data, metadata: { [HOSTILE]: HOSTILE } });
  }
  if (end === "failed") {
    const error = { code: HOSTILE, message: HOSTILE, details: { traceback: HOSTILE } };
    await sendCallback(job, { phase: "error", message: HOSTILE, error, data: null });
  }
  expect((await readJob(server.url, job.jobId)).message).toContain("onerror");
  return job;
}

/** What only happens where something was run, or tried to be and refused by the policy of the page. */
function watchFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/Content Security Policy|Refused/.test(message.text())) faults.push(message.text());
  });
  page.on("pageerror", (error) => void faults.push(String(error)));
  return faults;
}

async function expectHarmless(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    hit: "hit" in globalThis,
    made: document.querySelectorAll("img[src='x'], svg[onload], [onerror], a[href^='javascript' i]").length,
  }));
  expect(found).toEqual({ hit: false, made: 0 });
}
