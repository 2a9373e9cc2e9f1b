import { Counter, Gauge, type Registry } from "prom-client";
import type { Secretary } from "./secretary.server.ts";

const STATES = ["ok", "unreachable", "refused"] as const;

/** What is asked of the Secretary and what comes of it; read when somebody asks for the metrics. */
export function addSecretaryMetrics(registers: Registry[], secretary: Secretary): void {
  const questions = new Counter({
    name: "jobmon_secretary_questions_total",
    help: "Questions to the Secretary by what came of them",
    labelNames: ["outcome"],
    registers,
    collect() {
      questions.reset();
      for (const [outcome, count] of secretary.outcomes().questions) questions.inc({ outcome }, count);
    },
  });
  const waiting = new Gauge({
    name: "jobmon_secretary_questions_waiting",
    help: "Questions to the Secretary that are not answered yet",
    registers,
    collect() {
      waiting.set(secretary.waiting().questions);
    },
  });
  const files = new Counter({
    name: "jobmon_secretary_files_total",
    help: "Files and results fetched from the Secretary by what came of them",
    labelNames: ["outcome"],
    registers,
    collect() {
      files.reset();
      for (const [outcome, count] of secretary.outcomes().files) files.inc({ outcome }, count);
    },
  });
  const filesWaiting = new Gauge({
    name: "jobmon_secretary_files_waiting",
    help: "Files and results of the Secretary that are being fetched or waited for",
    registers,
    collect() {
      filesWaiting.set(secretary.waiting().files);
    },
  });
  const state = new Gauge({
    name: "jobmon_secretary_state",
    help: "1 for how the Secretary is: ok, unreachable, or refused where it does not take the key",
    labelNames: ["state"],
    registers,
    collect() {
      for (const each of STATES) state.set({ state: each }, each === secretary.state() ? 1 : 0);
    },
  });
}
