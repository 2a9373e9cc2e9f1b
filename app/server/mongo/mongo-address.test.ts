import { expect, it } from "vitest";
import { parseMongoAddress } from "./mongo-address.ts";

it.each([
  ["mongodb://localhost:27017", { hosts: "localhost:27017", database: "jobmon" }],
  ["mongodb://a:1,b:2,c:3/?replicaSet=rs0", { hosts: "a:1,b:2,c:3", database: "jobmon" }],
  ["mongodb+srv://cluster.example.org/jobs?w=majority", { hosts: "cluster.example.org", database: "jobs" }],
  ["mongodb://anna:se%40cret@db:27017/jobs", { hosts: "db:27017", database: "jobs" }],
])("reads %s without its credentials", (uri, address) => {
  expect(parseMongoAddress(uri)).toEqual(address);
});

it.each(["", "localhost:27017", "http://localhost", "mongodb://", "redis://localhost"])(
  "takes %j for no address",
  (uri) => expect(parseMongoAddress(uri)).toBeUndefined(),
);
