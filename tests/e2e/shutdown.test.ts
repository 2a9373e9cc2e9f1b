import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readStream } from "./support/read-stream.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const HOLDER = fileURLToPath(new URL("support/hold-streams.mjs", import.meta.url));

it("with 2,000 open streams it says bye to each, at instants of its own, and ends within the drain time", async () => {
  await using server = await startServer({ env: { STREAMS_PER_USER: "3000", DRAIN_SECONDS: "60" } });
  using holder = holdStreams(server, 2_000);
  expect(await holder.line()).toBe("ready");
  const exited = server.kill("SIGTERM");
  const [, byes, instants] = (await holder.line()).split(" ").map(Number);
  expect(await exited).toBe(0);
  expect(byes).toBe(2_000);
  expect(instants).toBeGreaterThan(1_000);
});

it("with viewers that take nothing it ends all the same", async () => {
  await using server = await startServer({ env: { DRAIN_SECONDS: "1" } });
  const sockets = Array.from({ length: 3 }, () => connect(Number(new URL(server.url).port), "127.0.0.1"));
  for (const socket of sockets) {
    socket.on("error", () => {});
    socket.pause().write("GET /api/external/jobs/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  using stream = await readStream(server.url);
  await stream.until("ready");
  expect(await server.kill("SIGTERM")).toBe(0);
  for (const socket of sockets) socket.destroy();
});

it("ends at once by a second signal, whatever is under way", async () => {
  await using server = await startServer({ env: { DRAIN_SECONDS: "600" } });
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.write(
    "POST /api/external/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
      'Content-Length: 100\r\n\r\n{"title":',
  );
  using stream = await readStream(server.url);
  await stream.until("ready");
  const exited = server.kill("SIGTERM");
  expect((await stream.toEnd()).at(-1)).toMatchObject({ event: "bye" });
  await server.kill("SIGINT");
  expect(await exited).toBe(1);
  socket.destroy();
});

/** A process that holds so many streams open; `line` gives what it says next. */
function holdStreams(server: RunningServer, count: number) {
  const { port } = new URL(server.url);
  const child = spawn(process.execPath, [HOLDER, port, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout);
  return {
    async line(): Promise<string> {
      const [line]: string[] = await once(lines, "line");
      return line ?? "";
    },
    [Symbol.dispose]: () => void child.kill("SIGKILL"),
  };
}
