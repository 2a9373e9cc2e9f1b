import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020, type AnySchema } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { Registered } from "#app/contract/http.ts";
import routes from "#app/routes.ts";
import { makeZip } from "../support/make-zip.ts";
import { postJson, readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { openWire, callbackText } from "./support/raw-http.ts";
import { readStream } from "./support/read-stream.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/callbacks");
const JOBS = "/api/external/jobs";
/** Pages for people, what only Clerk posts to, and addresses that exist only to be refused or corrected. */
const NOT_DESCRIBED = [
  "/",
  "/sign-in/*",
  "/api/clerk/webhooks",
  "/dev/gallery",
  `${JOBS}/{jobId}/*`,
  "/api/*",
];

const jsonSchema = z.record(z.string(), z.unknown());
const documentSchema = z.object({
  openapi: z.literal("3.1.1"),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({ content: z.record(z.string(), z.object({ schema: jsonSchema.optional() })).optional() }),
        ),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), jsonSchema) }),
});

let server: RunningServer;
let text: string;
let description: z.infer<typeof documentSchema>;
let ajv: Ajv2020;
beforeAll(async () => {
  server = await startServer({ env: { STREAMS_PER_USER: "1" } });
  text = await (await fetch(`${server.url}/openapi.json`)).text();
  description = documentSchema.parse(JSON.parse(text));
  ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  addFormats.default(ajv);
  ajv.addVocabulary(["components"]);
  // In the answers of this version nothing may be that is not described, although clients are told to expect it.
  ajv.addSchema({ $id: "jobmon", components: closed(description.components) });
});
afterAll(() => server.stop());

it("is valid OpenAPI 3.1", async () => {
  expect(await new Validator().validate(jsonSchema.parse(JSON.parse(text)))).toEqual({ valid: true });
});

it("describes every route but the pages and the addresses that are only refused", () => {
  const all = routes.map(({ path = "" }) => `/${path.replace(/:(\w+)/g, "{$1}")}`);
  expect([...Object.keys(description.paths), ...NOT_DESCRIBED].toSorted()).toEqual(all.toSorted());
});

it("takes every recorded callback", async () => {
  const script = z.object({ callbacks: z.array(z.object({ body: z.unknown() })) });
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".json"));
  expect(files.length).toBeGreaterThan(20);
  const validate = ajv.compile(description.components.schemas["Callback"] ?? false);
  for (const name of files) {
    for (const { body } of script.parse(JSON.parse(await readFile(join(FOLDER, name), "utf8"))).callbacks) {
      expect([name, validate(body), validate.errors]).toEqual([name, true, null]);
    }
  }
});

it("tells what the server really answers, in success and in every error, and nothing else is answered", async () => {
  const seen = new Set<string>();
  const check = async (operation: string, answer: Response): Promise<unknown> => {
    const [method = "", path = ""] = operation.split(" ");
    const where = `${operation} ${answer.status}`;
    const told = description.paths[path]?.[method]?.responses[answer.status];
    expect(told, where).toBeDefined();
    seen.add(where);
    const [mediaType = "", media] = Object.entries(told?.content ?? {})[0] ?? [];
    const type = (answer.headers.get("Content-Type") ?? "").split(";")[0];
    if (mediaType !== "*/*") expect(type, where).toBe(mediaType);
    if (mediaType !== "application/json") return undefined;
    const body: unknown = await answer.json();
    const validate = ajv.compile(media?.schema === undefined ? {} : absolute(media.schema));
    expect([where, validate(body), validate.errors]).toEqual([where, true, null]);
    return body;
  };

  const at = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);
  const bearer = (job: Registered) => ({ Authorization: `Bearer ${job.callback_token}` });
  const register = `post ${JOBS}`;
  const report = `post ${JOBS}/{jobId}`;

  const job = await registerJob(server.url, { kind: "pdf", correlation: "c", processId: "p", follow: false });
  await check(register, await postJson(`${server.url}${JOBS}`, { title: "x" }));
  await check(register, await postJson(`${server.url}${JOBS}`, { progress: 5 }, bearer(job)));
  await check(register, await postJson(`${server.url}${JOBS}`, "{"));
  await check(register, await postJson(`${server.url}${JOBS}`, { title: 5 }));
  await check(register, await postJson(`${server.url}${JOBS}`, { title: "x", userEmail: "a@example.org" }));
  await check(register, await postJson(`${server.url}${JOBS}`, { title: "x".repeat(100_000) }));
  await check(register, await postJson(`${server.url}${JOBS}`, "x", { "Content-Type": "text/plain" }));
  await check(register, await postJson(`${server.url}${JOBS}`, {}, { "X-Callback-Token": "x".repeat(43) }));

  const details = { host: "a", nested: { list: [1, "2", null] } };
  const line = { phase: "ocr", message: "Seite 38", progress: 42, level: "warn", details, seq: 1 };
  await check(report, await postJson(job.callback_url, line, bearer(job)));
  await check(report, await postJson(job.callback_url, line, bearer(job)));
  await check(report, await postJson(job.callback_url, "{", bearer(job)));
  await check(report, await postJson(job.callback_url, { progress: "5" }, bearer(job)));
  await check(report, await postJson(job.callback_url, {}));
  await check(
    report,
    await postJson(job.callback_url, "x", { ...bearer(job), "Content-Type": "text/plain" }),
  );
  await check(report, await postJson(job.callback_url, { message: "x".repeat(100_000) }, bearer(job)));
  await check(report, await flooded(job));

  const rotate = `post ${JOBS}/{jobId}/token`;
  await check(rotate, await fetch(`${job.callback_url}/token`, { method: "POST" }));
  await check(rotate, await postJson(`${job.callback_url}/token`, { overlapSeconds: -1 }));
  await check(rotate, await postJson(`${job.callback_url}/token`, "{"));
  await check(rotate, await postJson(`${job.callback_url}/token`, { x: "x".repeat(100_000) }));
  await check(rotate, await postJson(`${job.callback_url}/token`, "x", { "Content-Type": "text/plain" }));
  await check(`delete ${JOBS}/{jobId}`, await fetch(job.callback_url, { method: "DELETE" }));
  await check(`post ${JOBS}/{jobId}/cancel`, await fetch(`${job.callback_url}/cancel`, { method: "POST" }));
  const failed = await registerJob(server.url);
  await sendCallback(failed, { error: { code: "E1", message: "kaputt", traceback: "…" } });
  const final = { extracted_text: "Text", pdf_url: "/a.pdf", pages: [{ n: 1 }] };
  const images = Buffer.from(makeZip([{ name: "a.png", data: new Uint8Array([1]) }])).toString("base64");
  await sendCallback(job, {
    phase: "completed",
    data: final,
    metadata: { a: 1 },
    images_archive_data: images,
  });
  await expect.poll(async () => (await readJob(server.url, job.jobId)).status).toBe("completed");
  await check(`post ${JOBS}/{jobId}/cancel`, await fetch(`${job.callback_url}/cancel`, { method: "POST" }));
  await check(rotate, await postJson(`${job.callback_url}/token`, {}));
  const fetchAgain = `post ${JOBS}/{jobId}/artifacts`;
  await check(fetchAgain, await fetch(`${job.callback_url}/artifacts`, { method: "POST" }));

  for (const query of ["", "?limit=1", "?status=failed", "?limit=51"]) {
    await check(`get ${JOBS}`, await at(`${JOBS}${query}`));
  }
  for (const query of ["", "?deliveries=50&limit=500", "?limit=0"]) {
    await check(`get ${JOBS}/{jobId}`, await fetch(`${job.callback_url}${query}`));
  }
  await check(`get ${JOBS}/{jobId}`, await fetch(failed.callback_url));
  await check(`get ${JOBS}/{jobId}/result`, await fetch(`${job.callback_url}/result`));
  const artifact = `${JOBS}/{jobId}/artifacts/{name}`;
  await check(`get ${artifact}`, await fetch(`${job.callback_url}/artifacts/images.zip`));
  for (const [operation, path] of [
    ["get", ""],
    ["delete", ""],
    ["post", "/cancel"],
    ["post", "/token"],
    ["post", "/artifacts"],
    ["get", "/result"],
    ["get", "/artifacts/{name}"],
  ]) {
    const method = operation?.toUpperCase() ?? "GET";
    await check(`${operation} ${JOBS}/{jobId}${path}`, await at(`${JOBS}/none${path}`, { method }));
  }
  await check(`delete ${JOBS}/{jobId}`, await fetch(job.callback_url, { method: "DELETE" }));
  await check(report, await postJson(job.callback_url, {}, bearer(job)));

  using first = await readStream(server.url);
  await first.until("ready");
  await check(`get ${JOBS}/stream`, await at(`${JOBS}/stream`));
  await check(`get ${JOBS}/stream`, await at(`${JOBS}/stream?logFrom=x`));
  first.close();
  await expect.poll(async () => checked(await at(`${JOBS}/stream`), check)).toBe(200);

  for (const path of ["/api/external/me", "/healthz", "/readyz", "/metrics", "/openapi.json"]) {
    await check(`get ${path}`, await at(path));
  }

  await check("post /api/external/sign-out", await at("/api/external/sign-out", { method: "POST" }));

  const described = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) =>
      Object.keys(responses).map((status) => `${method} ${path} ${status}`),
    ),
  );
  expect(described.filter((where) => !seen.has(where) && !NOT_TRIED.test(where))).toEqual([]);
});

/**
 * Nobody has to sign in here, and the repository answers; a sender that stands still, what a registration shares
 * with a callback, and files that come from the Secretary, have their own tests (`answers.test.ts`).
 */
const NOT_TRIED =
  /^(get|delete) \S+ 401$|^post \S+(cancel|token|artifacts|sign-out) 401$|artifacts 202$| 503$| 408$|^post \/api\/external\/jobs (410|429)$/;

async function checked(
  answer: Response,
  check: (operation: string, answer: Response) => Promise<unknown>,
): Promise<number> {
  await check(`get ${JOBS}/stream`, answer);
  if (!answer.bodyUsed) await answer.body?.cancel();
  return answer.status;
}

/** What a job is answered that reports far too often. */
async function flooded(job: Registered): Promise<Response> {
  const many = Array.from({ length: 500 }, (_, n) => `{"current":${n}}`);
  for (let round = 0; ; round++) {
    using wire = openWire(server.url);
    wire.send(many.map((body) => callbackText(job, body.replace("}", `,"total":${round + 1000}}`))).join(""));
    for (const _ of many) {
      const { status, headers, body } = await wire.answer();
      if (status === 429) {
        return new Response(body, { status, headers: { "Content-Type": headers.get("content-type") ?? "" } });
      }
    }
  }
}

/** The reference as one into the document that `ajv` knows. */
function absolute(schema: Record<string, unknown>): AnySchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"jobmon#/'));
}

/** The same schemas, whose objects have no other properties than those described. */
function closed(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const entries = Object.entries(schema).map(([name, value]) => [name, closed(value)]);
  const isObject = "properties" in schema && !("additionalProperties" in schema);
  return { ...Object.fromEntries(entries), ...(isObject ? { additionalProperties: false } : {}) };
}
