import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { listQuerySchema } from "#app/contract/http.ts";
import { readEnv } from "./env.server.ts";
import { createLog } from "./log.server.ts";
import { createServices, type Services } from "./services.server.ts";

const ANNA = { userEmail: "anna@example.org" };
const QUERY = listQuerySchema.parse({});

let folder: string;
const opened: Services[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jobmon-"));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((services) => services.close()));
  await rm(folder, { recursive: true });
});

it("are ready at once, on a folder that was not there before", async () => {
  const services = await open(join(folder, "new", "data"));
  expect(await services.readiness()).toEqual({ isReady: true, parts: { repository: "ok", bus: "ok" } });
  expect(await services.listJobs(ANNA, QUERY)).toMatchObject({ items: [], total: 0 });
});

it("have one data folder to themselves, and let go of it when they are closed", async () => {
  const first = await open(folder);
  await expect(async () => open(folder)).rejects.toMatchObject({ code: "data_folder_in_use" });
  const registration = await first.registerJob(ANNA, { body: { title: "a" }, baseUrl: "http://localhost" });
  expect(registration.kind).toBe("registered");
  await first.close();
  const second = await open(folder);
  expect(await second.listJobs(ANNA, QUERY)).toMatchObject({ items: [{ title: "a" }] });
});

it("end their streams when they are closed", async () => {
  const services = await open(folder);
  const request = { ...ANNA, after: undefined, follow: undefined };
  const streams = [services.streams.respond(request), services.streams.respond(request)];
  expect(services.streams.count()).toBe(2);
  await services.close();
  for (const stream of streams) expect(await stream.text()).toContain("event: bye");
  expect(services.streams.count()).toBe(0);
});

it("are not ready once they are closed, and can be closed twice", async () => {
  const services = await open(folder);
  await services.close();
  await services.close();
  expect(await services.readiness()).toMatchObject({ isReady: false, parts: { repository: "failing" } });
});

async function open(dataDir: string): Promise<Services> {
  const services = await createServices({ env: readEnv({ dataDir }, {}), log: createLog("silent") });
  opened.push(services);
  return services;
}
