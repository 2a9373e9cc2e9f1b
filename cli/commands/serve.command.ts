import { serveHelp as texts } from "#app/locales/help/serve.ts";
import { sharedTexts } from "#app/locales/help/shared.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { option, textOption } from "../options/option.ts";
import { readPort } from "../options/readers.ts";
import { commonOptions } from "../options/shared-options.ts";

const options = {
  port: option("--port <port>", texts.port, readPort),
  host: textOption("--host <host>", texts.host),
  dataDir: textOption("--data-dir <folder>", sharedTexts.dataDir),
  ...commonOptions,
};
export type ServeInvocation = Invocation<typeof options>;

export const serveCommand = defineCommand({
  name: "serve",
  group: "serve",
  summary: texts.summary,
  options,
  examples: [{ says: texts.example, command: "jobmon serve --port 5000" }],
  exitCodes: [0, 1, 2],
  load: async () => (await import("./serve.ts")).serve,
});
