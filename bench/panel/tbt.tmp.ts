import { launchBrowser } from "../../tests/setup/browser.ts";
import { registerJob, sendCallback } from "../../tests/e2e/support/jobs.ts";
import { startServer } from "../../tests/e2e/support/start-server.ts";
import { serveBare } from "./serve-bare.ts";
const which = process.argv[2] ?? "panel";
const browser = await launchBrowser();
await using product = await startServer();
for (let n = 0; n < 20; n++) {
  const job = await registerJob(product.url, { title: `Bericht ${n}.pdf` });
  if (n % 2 === 0) await sendCallback(job, { progress: n * 4, message: `Seite ${n}` });
}
await using bare =
  which === "bare" ? await serveBare() : { url: product.url, async [Symbol.asyncDispose]() {} };
for (let r = 0; r < 3; r++) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "de-DE",
    bypassCSP: true,
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await browser.startTracing(page, {
    categories: [
      "devtools.timeline",
      "disabled-by-default-devtools.timeline",
      "loading",
      "blink.user_timing",
      "toplevel",
      "v8",
      "disabled-by-default-v8.compile",
      "disabled-by-default-v8.cpu_profiler",
    ],
  });
  await page.goto(bare.url);
  await page.waitForTimeout(4000);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const nav = traceEvents.find(
    (e: any) =>
      e.name === "navigationStart" &&
      e.args?.data?.isOutermostMainFrame &&
      e.args?.data?.documentLoaderURL?.startsWith("http"),
  );
  const pid = nav.pid,
    tid = nav.tid;
  const own = traceEvents.filter((e: any) => e.pid === pid && e.tid === tid && e.ph === "X");
  const tasks = own.filter((e: any) => /RunTask$/.test(e.name) && e.dur > 50000);
  const fcp = traceEvents.find((e: any) => e.name === "firstContentfulPaint" && e.pid === pid)?.ts;
  console.log(
    "== round",
    r,
    "fcp",
    (fcp - nav.ts) / 1000,
    "TBT",
    tasks.filter((t: any) => t.ts + t.dur >= fcp).reduce((s: number, t: any) => s + t.dur / 1000 - 50, 0),
  );
  // cpu profile
  const profs: any = {};
  for (const e of traceEvents)
    if (e.pid === pid && (e.name === "Profile" || e.name === "ProfileChunk")) {
      const p = (profs[e.id] ??= { nodes: new Map(), samples: [], start: undefined });
      if (e.name === "Profile") ((p.start = e.args.data.startTime), (p.tid = e.tid));
      const c = e.args.data.cpuProfile ?? {};
      for (const n of c.nodes ?? []) p.nodes.set(n.id, n);
      const deltas = e.args.data.timeDeltas ?? [];
      (c.samples ?? []).forEach((s: number, i: number) => {
        p.last = (p.last ?? p.start) + (deltas[i] ?? 0);
        p.samples.push([p.last, s]);
      });
    }
  for (const t of tasks) {
    const kids = own.filter(
      (e: any) => e.ts >= t.ts && e.ts + e.dur <= t.ts + t.dur && e !== t && !/RunTask/.test(e.name),
    );
    const by: any = {};
    for (const k of kids) {
      const n =
        k.name +
        (k.args?.data?.url ? " " + k.args.data.url.split("/").pop() : "") +
        (k.args?.fileName ? " " + String(k.args.fileName).split("/").pop() : "");
      by[n] = (by[n] ?? 0) + k.dur / 1000;
    }
    console.log(
      " task at",
      ((t.ts - nav.ts) / 1000).toFixed(0),
      "dur",
      (t.dur / 1000).toFixed(0),
      t.ts + t.dur >= fcp ? "" : "(before fcp)",
      Object.entries(by)
        .sort((a: any, b: any) => b[1] - a[1])
        .slice(0, 9)
        .map(([k, v]: any) => `${k} ${v.toFixed(0)}`)
        .join(" | "),
    );
    const self: any = {};
    for (const p of Object.values(profs) as any[]) {
      const parent = p.nodes;
      let prev: any;
      for (const [ts, id] of p.samples) {
        if (prev && ts >= t.ts && ts <= t.ts + t.dur) {
          const n = parent.get(prev[1]);
          if (n) {
            const k = `${n.callFrame.functionName || "(anon)"} ${(n.callFrame.url ?? "").split("/").pop()}:${n.callFrame.columnNumber ?? ""}`;
            self[k] = (self[k] ?? 0) + (ts - prev[0]) / 1000;
          }
        }
        prev = [ts, id];
      }
    }
    console.log(
      "    self:",
      Object.entries(self)
        .sort((a: any, b: any) => b[1] - a[1])
        .slice(0, 14)
        .map(([k, v]: any) => `${k} ${v.toFixed(0)}`)
        .join(" | "),
    );
  }
  await context.close();
}
await browser.close();
