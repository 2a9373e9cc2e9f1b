// @ts-check
import { connect } from "node:net";

/**
 * `node hold-streams.mjs <port> <count>` holds so many streams open in a process of its own. Prints `ready` once all
 * of them are, and `bye <n>` when the server has closed all of them, n being how many were told when to come back.
 */
const [port, count] = process.argv.slice(2).map(Number);
let ready = 0;
let byes = 0;
let closed = 0;
const retries = new Set();

for (let n = 0; n < (count ?? 0); n++) open();

function open() {
  const socket = connect(port ?? 0, "127.0.0.1");
  let text = "";
  let isReady = false;
  socket.setEncoding("utf8");
  socket.write("GET /api/external/jobs/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
  socket.on("data", (chunk) => {
    text = text.slice(-500) + chunk;
    if (!isReady && text.includes("event: ready")) {
      isReady = true;
      if (++ready === count) console.log("ready");
    }
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    const [, retry] = /event: bye\ndata: \{"retry":(\d+)\}/.exec(text) ?? [];
    if (retry !== undefined) byes += 1;
    retries.add(retry);
    if (++closed === count) console.log(`bye ${byes} ${retries.size}`);
  });
}
