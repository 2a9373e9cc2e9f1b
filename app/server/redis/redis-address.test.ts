import { expect, it } from "vitest";
import { parseRedisAddress } from "./redis-address.ts";

const SERVER = { kind: "server", isEncrypted: false, database: 0, name: "" };

it.each([
  ["redis://127.0.0.1", { ...SERVER, hosts: [{ host: "127.0.0.1", port: 6379 }] }],
  [
    "rediss://jobs:p%40ss@redis.example.org:6380/3",
    {
      ...SERVER,
      hosts: [{ host: "redis.example.org", port: 6380 }],
      isEncrypted: true,
      username: "jobs",
      password: "p@ss",
      database: 3,
    },
  ],
  ["redis://:secret@[::1]:7000", { ...SERVER, hosts: [{ host: "::1", port: 7000 }], password: "secret" }],
  [
    "redis+sentinel://:secret@a,b:26380/mymaster/2",
    {
      ...SERVER,
      kind: "sentinel",
      hosts: [
        { host: "a", port: 26_379 },
        { host: "b", port: 26_380 },
      ],
      password: "secret",
      name: "mymaster",
      database: 2,
    },
  ],
  [
    "rediss+cluster://a:7000,b:7001",
    {
      ...SERVER,
      kind: "cluster",
      isEncrypted: true,
      hosts: [
        { host: "a", port: 7000 },
        { host: "b", port: 7001 },
      ],
    },
  ],
])("reads %s", (text, address) => {
  expect(parseRedisAddress(text)).toEqual(address);
});

it.each([
  "",
  "redis",
  "http://127.0.0.1",
  "redis://",
  "redis://a,b",
  "redis://a:70000",
  "redis://a/b",
  "redis+sentinel://a",
  "redis+cluster://a/1",
  "redis://user:%@a",
])("takes %j for no address", (text) => {
  expect(parseRedisAddress(text)).toBeUndefined();
});
