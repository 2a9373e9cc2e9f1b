import { createServer } from "node:http";
import { createRequestListener } from "@react-router/node";
import * as build from "virtual:react-router/server-build";
export function serve() {
  createServer(createRequestListener({ build })).listen(4599, "127.0.0.1", () => console.log("up"));
}
