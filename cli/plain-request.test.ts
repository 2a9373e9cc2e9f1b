import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { plainRequest } from "./plain-request.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

test("an answer has what fetch has of it, also one that is a refusal", async () => {
  const url = await serve((request, response) => {
    const { method, headers } = request;
    response.writeHead(409, { "X-Request-Id": "abc" });
    response.end(JSON.stringify({ method, token: headers.authorization, text: "böse 🦊" }));
  });
  const answer = await plainRequest(`${url}/x`, { method: "POST", headers: { Authorization: "Bearer t" } });
  expect([answer.ok, answer.status, answer.statusText]).toEqual([false, 409, "Conflict"]);
  expect([answer.headers.get("x-request-id"), answer.headers.get("X-None")]).toEqual(["abc", null]);
  expect(await answer.json()).toEqual({ method: "POST", token: "Bearer t", text: "böse 🦊" });
});

test("what is no JSON rejects where it is read, as with fetch", async () => {
  const url = await serve((_, response) => void response.end("<html>"));
  const answer = await plainRequest(url, { headers: {} });
  expect(answer.ok).toBe(true);
  await expect(answer.json()).rejects.toThrow(SyntaxError);
});

test("a redirect is followed, and another origin does not get the token", async () => {
  const other = await serve((request, response) => {
    response.end(JSON.stringify({ at: request.url, token: request.headers.authorization ?? null }));
  });
  const url = await serve(
    (_, response) => void response.writeHead(307, { Location: `${other}/there` }).end(),
  );
  const answer = await plainRequest(url, { headers: { Authorization: "Bearer t" } });
  expect(await answer.json()).toEqual({ at: "/there", token: null });
});

test("a kept connection that the server has closed without a word is replaced", async () => {
  let connections = 0;
  const url = await serve((request, response) => {
    // The second question on the first connection: gone instead of an answer.
    if (request.url === "/2" && connections === 1) request.socket.resetAndDestroy();
    else response.end(`"${request.url}"`);
  });
  servers.at(-1)?.on("connection", () => connections++);
  expect(await (await plainRequest(`${url}/1`, { headers: {} })).json()).toBe("/1");
  expect(await (await plainRequest(`${url}/2`, { headers: {} })).json()).toBe("/2");
  expect(connections).toBe(2);
});

test("nobody there, an answer that breaks off and one that is none reject", async () => {
  const gone = await serve(() => {});
  servers.pop()?.close();
  await expect(plainRequest(gone, { headers: {} })).rejects.toMatchObject({ code: "ECONNREFUSED" });
  const broken = await serve((request, response) => {
    response.writeHead(200, { "Content-Length": "10" }).write("{");
    setImmediate(() => request.socket.destroy());
  });
  await expect(plainRequest(broken, { headers: {} })).rejects.toThrow("aborted");
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
