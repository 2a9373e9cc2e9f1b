import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Program, spawnProgram } from "../support/spawn-jobmon.ts";
import { type Answer, requestsSchema, type SeenRequest } from "./script.ts";

const ENTRY = join(import.meta.dirname, "secretary.ts");

/** The key the stand-in takes; a word of its own, so that it is found wherever it got to. */
export const KEY = "sk-geheim-5d1f0c7e";

export type StandIn = {
  url: string;
  /** Has these paths answered like this from now on. */
  script(answers: Record<string, Answer[]>): Promise<void>;
  /** Has the stream of a new process answered like this and gives its number. */
  process(...answers: Answer[]): Promise<string>;
  requests(path?: string): Promise<SeenRequest[]>;
  /** Ends its process; the script is forgotten. */
  kill(): Promise<unknown>;
  /** Starts again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<unknown>;
};

/** Starts the stand-in of the Secretary as a process of its own. */
export async function startSecretary(): Promise<StandIn> {
  async function start(port: string): Promise<{ child: Program; port: string }> {
    const child = spawnProgram(process.execPath, [ENTRY, KEY, port], { cwd: import.meta.dirname });
    const [, listening = ""] = await child.waitFor(/listening on (\d+)/);
    return { child, port: listening };
  }
  let { child, port } = await start("0");
  const url = `http://127.0.0.1:${port}`;
  const script: StandIn["script"] = async (answers) => {
    await fetch(`${url}/script`, { method: "PUT", body: JSON.stringify(answers) });
  };
  return {
    url,
    script,
    async process(...answers) {
      const processId = `job-${randomUUID()}`;
      await script({ [streamOf(processId)]: answers });
      return processId;
    },
    async requests(path) {
      const seen = requestsSchema.parse(await (await fetch(`${url}/requests`)).json());
      return path === undefined ? seen : seen.filter((request) => request.path === path);
    },
    kill: () => child.kill("SIGKILL"),
    async restart() {
      ({ child, port } = await start(port));
    },
    stop: () => child.kill("SIGKILL"),
  };
}

export function streamOf(processId: string): string {
  return `/api/jobs/${processId}/stream`;
}

/** The events of the Secretary's stream, in its own form. */
export const says = {
  running: (progress: number, message = "Verarbeitung läuft"): Answer => ({
    events: [{ event: "progress", data: { phase: "running", message, data: { progress } } }],
    end: "hold",
  }),
  completed: (data: unknown): Answer => ({
    events: [{ event: "completed", data: { phase: "completed", message: "Fertig", data } }],
  }),
  failed: (message: string, code = "ProcessingError"): Answer => ({
    events: [
      {
        event: "error",
        data: {
          phase: "error",
          message: "Verarbeitung fehlgeschlagen",
          error: { code, message, details: { traceback: "Traceback …" } },
          data: null,
        },
      },
    ],
  }),
};
