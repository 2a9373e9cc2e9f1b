// @ts-check
/**
 * Loaded into a server by `NODE_OPTIONS=--import`: ends the process with SIGKILL at the point named in DIE_AT, once,
 * and only while the file named in DIE_WHEN exists. What is killed is the product as it is built; it knows nothing of this.
 */
import { existsSync, rmSync } from "node:fs";
import fs from "node:fs/promises";
import { ServerResponse } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync } from "node:sqlite";

const { DIE_AT: point = "", DIE_WHEN: armed = "" } = process.env;

/** @param {string} reached */
function dieAt(reached) {
  if (reached !== point || !existsSync(armed)) return;
  rmSync(armed);
  process.kill(process.pid, "SIGKILL");
}

const { prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function (sql, ...rest) {
  const statement = prepare.call(this, sql, ...rest);
  if (sql !== "COMMIT" && sql !== "BEGIN IMMEDIATE") return statement;
  const run = statement.run.bind(statement);
  const name = sql === "COMMIT" ? "commit" : "transaction";
  return Object.assign(statement, {
    run() {
      dieAt(`before the ${name}`);
      const result = run();
      dieAt(`after the ${name}`);
      return result;
    },
  });
};

const { rename } = fs;
fs.rename = async (from, to) => {
  const name = String(to).endsWith("images.zip") ? "archive's new name" : "file's name";
  dieAt(`before the ${name}`);
  await rename(from, to);
  dieAt(`after the ${name}`);
};
syncBuiltinESMExports();

const { writeHead } = ServerResponse.prototype;
Object.assign(ServerResponse.prototype, {
  /** @this {ServerResponse} @param {[number]} args */
  writeHead(...args) {
    const response = writeHead.apply(this, args);
    if (this.req.method === "POST" && existsSync(armed)) {
      dieAt("before the answer");
      response.flushHeaders();
      dieAt("during the answer");
    }
    return response;
  },
});
