import { expect, test } from "vitest";
import { meSchema } from "#app/contract/http.ts";
import { loader } from "#app/routes/api.me.ts";
import { decoded, openHouse, refusal } from "./arrange.ts";

const ME = "http://localhost:4500/api/external/me";

test("somebody learns who they are here; nobody is told to sign in", async () => {
  await using house = await openHouse();
  const ask = (services = house.services) => loader(house.args(new Request(ME), {}, services));
  expect(await decoded(await ask(), 200, meSchema)).toEqual({ userEmail: "dev@localhost", auth: "local" });
  expect(await decoded(await ask(house.as("a@example.org")), 200, meSchema)).toMatchObject({
    userEmail: "a@example.org",
  });
  expect(await refusal(await ask(house.as(undefined)))).toMatchObject({ status: 401, code: "unauthorized" });
});
