import { fileURLToPath } from "node:url";
import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { CliError } from "../cli-error.ts";
import { type Child, startChild } from "../demo/child.ts";
import { type DemoFolder, openDemoFolder } from "../demo/demo-folder.ts";
import { portOrFree } from "../demo/free-port.ts";
import { openBrowser } from "../demo/open-browser.ts";
import { EXIT } from "../exit-codes.ts";
import { serverAt } from "../open-server.ts";
import { untilSignal } from "../until-signal.ts";
import { openWatch } from "../watch/open-watch.ts";
import type { DemoInvocation } from "./demo.command.ts";

const USUAL_PORT = 4500;
const LISTENING = /jobmon listening on (\S+)/;

/**
 * `jobmon demo`: a server and a worker as processes of their own on a fresh folder, and the tail in front of them. Ends
 * with a signal, with `once` after the first round, or when one of the two has ended; then nothing of it is left.
 */
export async function demo({ io, pkg, given: options }: DemoInvocation): Promise<number> {
  const { locale } = io.environment;
  const texts = terminalTexts[locale].demo;
  const folder = openDemoFolder(options.dataDir);
  const children: Child[] = [];
  const start = (name: string, args: readonly string[]): Child => {
    const log = folder.log(`${name}.log`);
    const child = startChild(fileURLToPath(pkg.main), args, { cwd: folder.path, log });
    children.push(child);
    return child;
  };

  try {
    return await untilSignal(io, async (aborted) => {
      const port = options.port ?? (await portOrFree(USUAL_PORT));
      const serveArgs = [
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        String(port),
        "--data-dir",
        folder.dataDir,
      ];
      const server = start("server", serveArgs);
      const serverEnd = server.exited.then(() => ended("server", folder, locale));
      const url = await Promise.race([listening(server), serverEnd]);
      aborted.throwIfAborted();
      io.stdout.write(`${texts.started({ url })}\n`);
      if (!options.once) io.stderr.write(`${texts.stop}\n`);
      if (!options.noOpen && io.environment.hasDesktop) openBrowser(url);

      const { color } = options;
      const watch = await openWatch(io, {
        server: serverAt(url),
        aborted,
        color,
        output: "text",
        ends: "never",
      });
      aborted.throwIfAborted();
      const pace = ["--speed", String(options.speed), ...(options.once ? ["--once"] : [])];
      const worker = start("worker", ["demo-worker", "--url", url, ...pace]);
      worker.process.on("message", () => watch.say(texts.played));
      const workerEnd = worker.exited.then(async (code) => {
        if (code !== 0) return ended("worker", folder, locale);
        await watch.caughtUp();
        return EXIT.ok;
      });
      return Promise.race([serverEnd, workerEnd]);
    });
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    folder.remove();
  }
}

/** The address, as soon as the server listens. */
function listening({ process: child }: Child): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const [, url] = LISTENING.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
}

/** One of the two has ended before its time: its last words say why. */
function ended(name: "server" | "worker", folder: DemoFolder, locale: Locale): never {
  const { serverEnded, workerEnded } = terminalTexts[locale].demo;
  const { message, hint } = name === "server" ? serverEnded : workerEnded;
  throw new CliError({ message, hint: folder.lastWords(`${name}.log`) || hint }, EXIT.unavailable);
}
