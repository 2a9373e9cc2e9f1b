import type { RouteConfigEntry } from "@react-router/dev/routes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import routes from "#app/routes.ts";
import type { Services } from "#app/server/services.server.ts";
import { type House, openHouse } from "./arrange.ts";

/** Who asks here is no user, or not yet: health has no secrets. What is below /dev/ is in no build. */
const FOR_EVERYBODY = new Set(["/healthz", "/readyz", "/sign-in/*"]);

const READING = ["GET", "HEAD"];
const METHODS = [...READING, "POST", "PUT", "PATCH", "DELETE"];

/** A job that exists, for the parameters of a path. */
let jobId: string;
let house: House;
let nobody: Services;
beforeAll(async () => {
  // Where Clerk may call, nobody else may.
  house = await openHouse({ CLERK_WEBHOOK_SIGNING_SECRET: "whsec_c2VjcmV0IG9mIENsZXJrJ3M=" });
  ({ jobId } = await house.register());
  nobody = house.as(undefined);
});
afterAll(() => house[Symbol.asyncDispose]());

describe("an address of app/routes.ts answers 401 to nobody", () => {
  const asked = addresses(routes).filter(({ path }) => !FOR_EVERYBODY.has(path) && !path.startsWith("/dev/"));

  it.each(asked)("$path, $file", async ({ path, file }) => {
    const statuses = await Promise.all(METHODS.map((method) => answer(method, path, file, nobody)));
    expect(statuses).toEqual(METHODS.map(() => 401));
  });
});

it("would not answer a user that way", async () => {
  expect(await answer("GET", "/api/external/jobs", "routes/api.jobs.ts", house.services)).toBe(200);
});

type Handler = (args: unknown) => unknown;

/** The status a route answers with; a method without handler is refused by the router itself, as an unknown user. */
async function answer(method: string, path: string, file: string, services: Services): Promise<number> {
  const params = { jobId, name: "a.txt", "*": jobId };
  const address = path.replace(/:jobId|\*/g, jobId).replace(":name", params.name);
  const route: Record<string, unknown> = await import(`../../app/${file}`);
  const handler = route[READING.includes(method) ? "loader" : "action"];
  if (handler === undefined) return 401;
  const request = new Request(`http://localhost:4500${address}`, { method });
  try {
    const response = await (handler as Handler)(house.args(request, params, services));
    return statusOf(response);
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status;
    throw thrown;
  }
}

/** Of a Response, or of what a page gives with a status of its own. */
function statusOf(answered: unknown): number {
  const { init } = answered as { init?: ResponseInit | null };
  return answered instanceof Response ? answered.status : (init?.status ?? 200);
}

function addresses(entries: RouteConfigEntry[], above = ""): { path: string; file: string }[] {
  return entries.flatMap(({ path = "", file, children = [] }) => {
    const here = path === "" ? above : `${above}/${path}`;
    return [{ path: here || "/", file }, ...addresses(children, here)];
  });
}
