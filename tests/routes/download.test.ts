import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jobDetailSchema, type Registered } from "#app/contract/http.ts";
import { type JobResult, jobResultSchema } from "#app/contract/job.ts";
import { loader as artifactLoader } from "#app/routes/api.jobs.$jobId.artifacts.$name.ts";
import { action as resultAction, loader as resultLoader } from "#app/routes/api.jobs.$jobId.result.ts";
import { loader as jobLoader } from "#app/routes/api.jobs.$jobId.ts";
import type { Services } from "#app/server/services.server.ts";
import { makeZip } from "../support/make-zip.ts";
import { decoded, type House, JOBS, openHouse, refusal } from "./arrange.ts";

const BERT = "bert@example.org";
const ZIP = makeZip([{ name: "seite-1.txt", data: new TextEncoder().encode("Seite 1") }]);

let house: House;
let job: Registered;
beforeEach(async () => {
  house = await openHouse();
  job = await house.register({ title: 'Über "Straßen"/../evil\n<b>.pdf' });
});
afterEach(() => house[Symbol.asyncDispose]());

describe("the result of a job", () => {
  it("is a JSON file that is saved, never shown as a page", async () => {
    await house.report(job, { data: { extracted_text: "<script>alert(1)</script>" } });
    const answer = await result();
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, no-store",
    });
    const text = await answer.text();
    expect(answer.headers.get("Content-Length")).toBe(String(new TextEncoder().encode(text).length));
    expect(jobResultSchema.parse(JSON.parse(text)).text).toBe("<script>alert(1)</script>");
  });

  it("is named after the job, without anything a name must not hold", async () => {
    await house.report(job, { data: { extracted_text: "a" } });
    const disposition = (await result()).headers.get("Content-Disposition") ?? "";
    expect(disposition).toMatch(/^attachment; filename="[ !#-~]+"; filename\*=UTF-8''[A-Za-z0-9._~%*-]+$/);
    const [, encoded = ""] = /UTF-8''(.*)$/.exec(disposition) ?? [];
    expect(decodeURIComponent(encoded)).toMatch(/^Über _Straßen_/);
    expect(decodeURIComponent(encoded)).not.toMatch(/[/\\<>"\n]/);
  });

  it("is whole, however large it is", async () => {
    await house.report(job, { data: { extracted_text: "ü".repeat(2_000_000) } });
    const text: JobResult = await decoded(await result(), 200, jobResultSchema);
    expect(text.text).toHaveLength(2_000_000);
  });

  it("is unknown where there is none, and to everybody else", async () => {
    expect(await refusal(await result())).toMatchObject({ status: 404 });
    await house.report(job, { data: { extracted_text: "a" } });
    expect(await refusal(await result(house.as(BERT)))).toMatchObject({ status: 404 });
    expect(await refusal(await result(house.as(undefined)))).toMatchObject({ status: 401 });
  });

  it("can only be got", async () => {
    const head = new Request(`${JOBS}/${job.jobId}/result`, { method: "HEAD" });
    const post = new Request(`${JOBS}/${job.jobId}/result`, { method: "POST" });
    for (const answer of [
      await resultAction(house.args(post, {})),
      await resultLoader(house.args(head, { jobId: job.jobId })),
    ]) {
      expect([answer.status, answer.headers.get("Allow")]).toEqual([405, "GET"]);
    }
  });
});

describe("an artifact of a job", () => {
  beforeEach(async () => {
    const archive = Buffer.from(ZIP).toString("base64");
    await house.report(job, { data: { extracted_text: "a" }, images_archive_data: archive });
    await expect.poll(async () => (await detail()).status).toBe("completed");
  });

  it("is listed in the detail and downloaded from there", async () => {
    const [artifact] = (await detail()).artifacts;
    expect(artifact).toMatchObject({ name: "images.zip", type: "application/zip", size: ZIP.length });
    const answer = await download("images.zip");
    expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; filename="images.zip"/);
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(ZIP);
  });

  it.each(["other.zip", "..", "../../jobmon.db", "result.json", "", "images.zip/"])(
    "is unknown by any other name, such as %j",
    async (name) => {
      expect(await refusal(await download(name))).toMatchObject({ status: 404 });
    },
  );

  it("is unknown to everybody else", async () => {
    expect(await refusal(await download("images.zip", house.as(BERT)))).toMatchObject({ status: 404 });
    expect(await refusal(await download("images.zip", house.as(undefined)))).toMatchObject({ status: 401 });
  });
});

function result(services?: Services): Promise<Response> {
  const request = new Request(`${JOBS}/${job.jobId}/result`);
  return resultLoader(house.args(request, { jobId: job.jobId }, services));
}

function download(name: string, services?: Services): Promise<Response> {
  const request = new Request(`${JOBS}/${job.jobId}/artifacts/${encodeURIComponent(name)}`);
  return artifactLoader(house.args(request, { jobId: job.jobId, name }, services));
}

async function detail() {
  const request = new Request(`${JOBS}/${job.jobId}`);
  return decoded(await jobLoader(house.args(request, { jobId: job.jobId })), 200, jobDetailSchema);
}
