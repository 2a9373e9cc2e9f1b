import type { Command } from "./command.ts";
import { artifactsCommand } from "./commands/artifacts.command.ts";
import { auditCommand } from "./commands/audit.command.ts";
import { cancelCommand, removeCommand } from "./commands/cancel.command.ts";
import { completeJobsCommand } from "./commands/complete-jobs.command.ts";
import { completionCommand } from "./commands/completion.command.ts";
import { configGetCommand, configPathCommand, configSetCommand } from "./commands/config.command.ts";
import { demoCommand, demoWorkerCommand } from "./commands/demo.command.ts";
import { doctorCommand } from "./commands/doctor.command.ts";
import { followCommand } from "./commands/follow.command.ts";
import { helpCommand } from "./commands/help.command.ts";
import { listCommand } from "./commands/list.command.ts";
import { loginCommand, logoutCommand, whoamiCommand } from "./commands/login.command.ts";
import { logsCommand } from "./commands/logs.command.ts";
import { migrateCommand } from "./commands/migrate.command.ts";
import { openCommand } from "./commands/open.command.ts";
import { replayCommand } from "./commands/replay.command.ts";
import { createCommand, reportCommand } from "./commands/report.command.ts";
import { restoredCommand } from "./commands/restored.command.ts";
import { runCommand } from "./commands/run.command.ts";
import { serveCommand } from "./commands/serve.command.ts";
import { deliveriesCommand, showCommand } from "./commands/show.command.ts";
import { tailCommand } from "./commands/tail.command.ts";
import { waitCommand } from "./commands/wait.command.ts";

/**
 * Every command of jobmon, in the order of the help. Parser, help, man page, docs/cli.md and completion are made from
 * this list: a command that is not in it does not exist.
 */
export const commands: readonly Command[] = [
  tailCommand,
  logsCommand,
  listCommand,
  showCommand,
  deliveriesCommand,
  artifactsCommand,
  followCommand,
  waitCommand,
  openCommand,
  cancelCommand,
  removeCommand,
  runCommand,
  reportCommand,
  createCommand,
  replayCommand,
  serveCommand,
  demoCommand,
  demoWorkerCommand,
  migrateCommand,
  auditCommand,
  restoredCommand,
  loginCommand,
  logoutCommand,
  whoamiCommand,
  configSetCommand,
  configGetCommand,
  configPathCommand,
  doctorCommand,
  completionCommand,
  completeJobsCommand,
  helpCommand,
];
