import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../setup/browser.ts";
import { installPackage } from "./support/install-package.ts";
import { registerJob, sendCallback } from "./support/jobs.ts";
import { type JobmonProcess, spawnProgram, temporaryFolder } from "./support/spawn-jobmon.ts";

const ROOT = join(import.meta.dirname, "../..");
const BIN = join(ROOT, "node_modules/.bin");

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let installed: ReturnType<typeof installPackage>;
let server: JobmonProcess;
let url = "";

beforeAll(async () => {
  folder = await temporaryFolder();
  installed = installPackage(folder.path);
  server = jobmon("serve", "--port", "0");
  [, url = ""] = await server.waitFor(/jobmon listening on (\S+)/);
});
afterAll(async () => {
  await server.kill();
  await folder.remove();
});

test("what is packed serves the panel, runs a command and shows it, with production dependencies alone", async () => {
  const page = await fetch(url);
  const [asset = ""] = /\/assets\/[\w.-]+\.js/.exec(await page.text()) ?? [];
  expect([page.status, (await fetch(url + asset)).status]).toEqual([200, 200]);

  const run = jobmon("run", "--url", url, "--title", "Sicherung", "--", "echo", "saved");
  expect(await run.exited).toBe(0);
  expect(run.stdout()).toBe("saved\n");
  const tail = jobmon("tail", "--url", url, "-n", "1");
  await tail.waitFor(/\tcompleted\t100\t\S+\tSicherung\t/);
  await tail.kill();
});

test("what is packed is built: no source, no test", () => {
  const files = execFileSync("find", [
    installed.folder,
    "-path",
    "*/node_modules",
    "-prune",
    "-o",
    "-type",
    "f",
    "-print",
  ])
    .toString()
    .split("\n");
  expect(files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts"))).toEqual([]);
  expect(files.filter((file) => /\/(tests|bench|scripts)\//.test(file))).toEqual([]);
});

test("jobmon/client follows jobs in Node", async () => {
  const consumer = makeConsumer();
  writeFileSync(
    join(consumer, "follow.js"),
    `import { applyUpdate, connectJobStream, createJobsApi } from "jobmon/client";
     const api = createJobsApi({ baseUrl: ${JSON.stringify(url)} });
     const { items, head } = await api.list();
     let jobs = items;
     connectJobStream({ url: api.streamUrl(), cursor: head, onEvent(event) {
       if (event.event !== "job_update") return;
       jobs = applyUpdate(jobs, event.data);
       console.log(jobs[0].title, jobs[0].status);
       if (jobs[0].status === "completed") process.exit(0);
     }, onConnection({ state }) { if (state === "live") console.log("live"); } });`,
  );
  const program = spawnProgram(process.execPath, ["follow.js"], { cwd: consumer });
  await program.waitFor(/live/);
  const job = await registerJob(url, { title: "Aus Node" });
  await sendCallback(job, { status: "completed" });
  expect(await program.exited).toBe(0);
  expect(program.stdout()).toContain("Aus Node completed");
});

test("jobmon/client has types, and a bundle of it follows jobs in a browser", async () => {
  const consumer = makeConsumer();
  writeFileSync(
    join(consumer, "entry.ts"),
    `import { connectJobStream, createJobsApi, type JobSummary } from "jobmon/client";
     export function nextUpdate(): Promise<JobSummary> {
       return new Promise((resolve) => connectJobStream({
         url: createJobsApi({ baseUrl: "" }).streamUrl(),
         onEvent: (event) => { if (event.event === "job_update") resolve(event.data); },
         onConnection: ({ state }) => { if (state === "live") Object.assign(globalThis, { isLive: true }); },
       }));
     }
     // @ts-expect-error a status is one of six words
     export const status: JobSummary["status"] = "done";
     Object.assign(globalThis, { update: nextUpdate() });`,
  );
  const strict = [
    "--strict",
    "--noEmit",
    "--module",
    "nodenext",
    "--moduleResolution",
    "nodenext",
    "--target",
    "es2023",
  ];
  execFileSync(join(BIN, "tsc"), [...strict, "--types", "", "--lib", "es2023,dom,dom.iterable", "entry.ts"], {
    cwd: consumer,
    stdio: "inherit",
  });
  writeFileSync(
    join(consumer, "vite.config.js"),
    `export default { logLevel: "error", build: { lib: { entry: "entry.ts", formats: ["iife"], name: "bundle", fileName: () => "bundle.js" } } };`,
  );
  execFileSync(join(BIN, "vite"), ["build"], { cwd: consumer });
  const bundle = readFileSync(join(consumer, "dist/bundle.js"), "utf8");

  await using browser = await launchBrowser();
  const page = await browser.newPage();
  const body = `<!doctype html><script>${bundle.replaceAll("</script", "<\\/script")}</script>`;
  await page.route(`${url}/of-others`, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(`${url}/of-others`);
  await expect.poll(() => page.evaluate("globalThis.isLive")).toBe(true);
  await registerJob(url, { title: "Im Browser" });
  expect(await page.evaluate("globalThis.update")).toMatchObject({ title: "Im Browser", status: "queued" });
});

function jobmon(...args: readonly string[]): JobmonProcess {
  const env = { LANG: "en_GB.UTF-8", PATH: `${BIN}:${process.env.PATH}` };
  return spawnProgram(installed.jobmon, args, { cwd: folder.path, env });
}

/** A program that depends on jobmon, and on nothing else. */
function makeConsumer(): string {
  const consumer = join(folder.path, `consumer-${Math.random().toString(36).slice(2)}`);
  mkdirSync(join(consumer, "node_modules"), { recursive: true });
  symlinkSync(installed.folder, join(consumer, "node_modules/jobmon"));
  writeFileSync(join(consumer, "package.json"), '{"type":"module"}');
  return consumer;
}
