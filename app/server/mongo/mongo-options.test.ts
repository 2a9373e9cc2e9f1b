import { expect, it } from "vitest";
import { mongoOptions } from "./mongo-options.ts";

it("gives up on a database that does not answer, after what the address says", () => {
  const uri = "mongodb://anna:a?b@localhost/jobs?SocketTimeoutMS=500&connectTimeoutMS=1";
  expect(mongoOptions("mongodb://localhost")).toMatchObject({
    connectTimeoutMS: 5_000,
    socketTimeoutMS: 10_000,
  });
  expect(mongoOptions(uri.replace("?b", ""))).toEqual({ appName: "jobmon", serverSelectionTimeoutMS: 3_000 });
});
