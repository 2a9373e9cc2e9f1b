import { demoHelp as texts } from "#app/locales/help/demo.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { flag, option, optionOr, requiredOption, textOption } from "../options/option.ts";
import { readPort, readSpeed } from "../options/readers.ts";
import { commonOptions } from "../options/shared-options.ts";

const pace = {
  once: flag("--once", texts.once),
  speed: optionOr("--speed <factor>", texts.speed, readSpeed, 1),
};
const options = {
  port: option("--port <port>", texts.port, readPort),
  dataDir: textOption("--data-dir <folder>", texts.dataDir),
  noOpen: flag("--no-open", texts.noOpen),
  ...pace,
  ...commonOptions,
};
export type DemoInvocation = Invocation<typeof options>;

const workerOptions = { url: requiredOption("--url <url>", texts.server), ...pace };
export type DemoWorkerInvocation = Invocation<typeof workerOptions>;

export const demoCommand = defineCommand({
  name: "demo",
  group: "serve",
  summary: texts.summary,
  options,
  examples: [{ says: texts.example, command: "jobmon demo --once --no-open" }],
  exitCodes: [0, 1, 2, 130, 143],
  load: async () => (await import("./demo.ts")).demo,
});

/** What `jobmon demo` starts as its worker: a process of its own, that knows the server only by its address. */
export const demoWorkerCommand = defineCommand({
  name: "demo-worker",
  group: "serve",
  hidden: true,
  summary: texts.summary,
  options: workerOptions,
  examples: [],
  exitCodes: [0, 1],
  load: async () => (await import("./demo-worker.ts")).demoWorker,
});
