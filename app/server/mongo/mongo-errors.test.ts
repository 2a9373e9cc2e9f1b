import { MongoNetworkError, MongoParseError, MongoServerError } from "mongodb";
import { expect, it } from "vitest";
import { RepositoryUnavailableError } from "#app/server/repository/job-repository.ts";
import { asRepositoryError } from "./mongo-errors.server.ts";

const withCode = (code: string) => Object.assign(new Error(`a fault: ${code}`), { code });

it.each([
  ["the network is away", new MongoNetworkError("connection closed")],
  ["no primary", new MongoServerError({ message: "not primary", code: 10_107 })],
  ["the socket was ended while a command was written", withCode("EPIPE")],
  ["the socket was destroyed before", withCode("ERR_STREAM_DESTROYED")],
  ["the other end has reset it", withCode("ECONNRESET")],
  ["the way is gone", withCode("EHOSTUNREACH")],
])("%s: the database is not available", (_, error) => {
  const answered = asRepositoryError(error);
  expect(answered).toBeInstanceOf(RepositoryUnavailableError);
  expect(answered).toMatchObject({ cause: error });
});

it.each([
  ["an address that cannot be read", new MongoParseError("no host")],
  ["a document that is there", new MongoServerError({ message: "duplicate key", code: 11_000 })],
  ["a document that is too large", new MongoServerError({ message: "too large", code: 10_334 })],
  ["a fault of a file", withCode("ENOENT")],
  ["a fault of ours", new TypeError("x is undefined")],
])("%s stays what it is", (_, error) => {
  expect(asRepositoryError(error)).toBe(error);
});
