import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { jobPageSchema, type Registered, registeredSchema } from "#app/contract/http.ts";
import { operations } from "#app/contract/openapi/operations.ts";
import { withProgram } from "../setup/engines/with-program.ts";
import { makeZip } from "../support/make-zip.ts";
import { startMongo } from "../support/start-mongo.ts";
import { startRedis } from "../support/start-redis.ts";
import { postJson, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const JOBS = "/api/external/jobs";
const [ANNA, BERT] = ["anna@example.org", "bert@example.org"];
/** In everything of Anna's, and to be in nothing that Bert is answered. */
const SECRET = "Annas Befund";
const PROXY_SECRET = "what-the-proxy-and-jobmon-know";
const SERVICE = "the-token-of-a-trusted-backend";
/** For what is waited for; it takes as long as it takes. */
const PATIENCE = { timeout: 60_000, interval: 50 };
const SIGN_IN = {
  JOBMON_AUTH: "proxy",
  TRUSTED_PROXIES: "127.0.0.1",
  JOBMON_PROXY_SECRET: PROXY_SECRET,
  JOBMON_SERVICE_TOKEN: `${randomUUID()}, ${SERVICE}`,
};

const mongo = await startMongo();
afterAll(() => mongo?.stop());

describe("with SQLite, one user's jobs are nobody else's", () => {
  walk(() => Promise.resolve({}));
});

describe.skipIf(mongo === undefined)("with MongoDB, one user's jobs are nobody else's", () => {
  walk(() => Promise.resolve(newDatabase()));
});

withProgram("redis-server", (program) => {
  describe.skipIf(mongo === undefined)("with MongoDB and Redis, one user's jobs are nobody else's", () => {
    const redis = startRedis(program);
    afterAll(async () => (await redis).stop());
    walk(async () => ({ ...newDatabase(), REDIS_URL: (await redis).url }));
  });
});

/** Everything Bert can ask for with what he may have seen of Anna: ids, cursors, names, tags. */
function walk(engines: () => Promise<Record<string, string>>): void {
  let server: RunningServer;
  let annas: { running: Registered; completed: Registered };
  let berts: Registered;
  beforeAll(async () => {
    server = await startServer({ env: { ...SIGN_IN, ...(await engines()) } });
    annas = { running: await register(ANNA, SECRET), completed: await register(ANNA, SECRET) };
    berts = await register(BERT, "Berts Bericht");
    await sendCallback(annas.running, { progress: 5, message: SECRET });
    const archive = Buffer.from(makeZip([{ name: "seite.png", data: Buffer.from(SECRET) }])).toString(
      "base64",
    );
    await sendCallback(annas.completed, { data: { extracted_text: SECRET }, images_archive_data: archive });
    await vi.waitFor(async () => {
      const { text } = await ask(ANNA, `${JOBS}/${annas.completed.jobId}`);
      expect(text).toContain('"completed"');
    }, PATIENCE);
  });
  afterAll(() => server.stop());

  const guarded = operations.filter(({ path, isCallback }) => path.includes(":jobId") && !isCallback);
  it.each(guarded)("$method $path answers for Anna's jobs as for none", async ({ method, path }) => {
    for (const { jobId } of Object.values(annas)) {
      const theirs = await ask(BERT, address(path, jobId), method);
      const none = await ask(BERT, address(path, randomUUID()), method);
      expect([theirs.status, theirs.text]).toEqual([404, none.text]);
    }
  });

  it("lets the owner see what the others do not", async () => {
    const { status, text } = await ask(ANNA, `${JOBS}/${annas.running.jobId}?deliveries=5`);
    expect([status, text.includes(SECRET)]).toEqual([200, true]);
    const result = await ask(ANNA, `${JOBS}/${annas.completed.jobId}/result`);
    expect([result.status, result.text.includes(SECRET)]).toEqual([200, true]);
  });

  it("neither lists, counts, finds nor pages to jobs of Anna", async () => {
    const annasPage = jobPageSchema.parse(JSON.parse((await ask(ANNA, `${JOBS}?limit=1`)).text));
    expect(annasPage).toMatchObject({ total: 2 });
    for (const query of ["", "?limit=50", "?page=2", `?cursor=${annasPage.nextCursor}`]) {
      const { text } = await ask(BERT, `${JOBS}${query}`);
      const page = jobPageSchema.safeParse(JSON.parse(text)).data;
      expect([page?.total ?? 1, text.includes(SECRET)]).toEqual([1, false]);
    }
    for (const q of [SECRET, annas.running.jobId]) {
      const page = JSON.parse((await ask(BERT, `${JOBS}?q=${encodeURIComponent(q)}`)).text);
      expect(page).toMatchObject({ items: [], total: 0 });
    }
  });

  it("streams nothing of Anna, from her cursor or for her job, while both work", async () => {
    const { head } = jobPageSchema.parse(JSON.parse((await ask(ANNA, JOBS)).text));
    const followed = { job: annas.running.jobId, logFrom: 0 };
    const answer = await ask(BERT, `${JOBS}/stream?job=${annas.running.jobId}`);
    if (answer.status !== 404) throw new Error(`somebody else's job is followed: ${answer.status}`);
    using hers = await readStream(server.url, followed, by(ANNA));
    using his = await readStream(server.url, { after: head }, by(BERT));
    await his.until("reset");
    await sendCallback(annas.running, { progress: 6, message: SECRET });
    await hers.until("job_update", ({ data }) => data.progress === 6);
    await sendCallback(berts, { progress: 7 });
    await his.until("job_update", ({ data }) => data.progress === 7);
    expect(JSON.stringify(his.seen)).not.toContain(SECRET);
    expect(JSON.stringify(his.seen)).not.toContain(annas.running.jobId);
  });

  it("shows nothing of Anna on a page, and takes no tag of hers for one of his", async () => {
    for (const path of ["/", `/?job=${annas.running.jobId}`, `/jobs/${annas.running.jobId}`]) {
      const hers = await fetch(`${server.url}${path}`, { headers: by(ANNA) });
      const headers = { ...by(BERT), "If-None-Match": hers.headers.get("ETag") ?? "*" };
      const his = await fetch(`${server.url}${path}`, { headers });
      expect([await hers.text(), his.status]).toEqual([
        expect.stringContaining(SECRET),
        expect.not.stringMatching("304"),
      ]);
      expect(await his.text()).not.toContain(SECRET);
      expect(hers.headers.get("Cache-Control")).toMatch(/private|no-store/);
    }
  });

  it("takes no callback of Bert's worker for a job of Anna", async () => {
    const headers = { Authorization: `Bearer ${berts.callback_token}` };
    const { status } = await postJson(annas.running.callback_url, { progress: 99 }, headers);
    expect(status).toBe(401);
    expect((await ask(ANNA, `${JOBS}/${annas.running.jobId}`)).text).not.toContain('"progress":99');
  });

  it("gives a service token the registration and nothing else", async () => {
    const headers = { Authorization: `Bearer ${SERVICE}` };
    const asked = [
      JOBS,
      `${JOBS}/${annas.running.jobId}`,
      `${JOBS}/stream`,
      "/",
      "/metrics",
      "/openapi.json",
    ];
    const answers = await Promise.all(asked.map((path) => fetch(`${server.url}${path}`, { headers })));
    expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 401));
    const unnamed = await postJson(`${server.url}${JOBS}`, { title: "Wessen?" }, headers);
    expect(unnamed.status).toBe(422);
    const forAnna = await postJson(`${server.url}${JOBS}`, { title: SECRET, userEmail: ANNA }, by(BERT));
    expect(forAnna.status).toBe(403);
  });

  it("has changed nothing of Anna's after all this", async () => {
    const page = jobPageSchema.parse(JSON.parse((await ask(ANNA, JOBS)).text));
    expect(page.items.map(({ status }) => status).sort()).toEqual(["completed", "running"]);
    const { text } = await ask(ANNA, `${JOBS}/${annas.running.jobId}`);
    expect(JSON.parse(text)).toMatchObject({ progress: 6 });
  });

  async function register(userEmail: string, title: string): Promise<Registered> {
    const headers = { Authorization: `Bearer ${SERVICE}` };
    const answer = await postJson(`${server.url}${JOBS}`, { title, userEmail }, headers);
    return registeredSchema.parse(await answer.json());
  }

  async function ask(userEmail: string, path: string, method = "get") {
    const body =
      method === "post" ? { headers: json(by(userEmail)), body: "{}" } : { headers: by(userEmail) };
    const response = await fetch(`${server.url}${path}`, { method: method.toUpperCase(), ...body });
    return { status: response.status, text: await response.text() };
  }
}

/** The headers by which the proxy says who it is that asks. */
function by(userEmail: string): Record<string, string> {
  return { "X-Forwarded-Email": userEmail, "X-Jobmon-Proxy-Secret": PROXY_SECRET };
}

function json(headers: Record<string, string>): Record<string, string> {
  return { ...headers, "Content-Type": "application/json" };
}

function address(path: string, jobId: string): string {
  return `/${path.replace(":jobId", jobId).replace(":name", "seite.png")}`;
}

function newDatabase(): Record<string, string> {
  const uri = new URL(mongo?.uri ?? "mongodb://localhost/");
  uri.pathname = `/jobmon-${randomUUID().slice(0, 8)}`;
  return { MONGODB_URI: uri.href };
}
