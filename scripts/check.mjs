// @ts-check
import { spawnSync } from "node:child_process";

/**
 * `node scripts/check.mjs [step…]` runs the named steps, or all of them, in this order. Every step runs, so that one
 * call names all that is wrong; a step that fails says how to repair it, and again at the end.
 */
const steps = [
  { name: "format", commands: ["oxfmt --check"], repair: "`npm run format` repairs it" },
  {
    name: "lint",
    commands: ["oxlint --deny-warnings"],
    repair: "`npm run lint -- --fix` repairs what it can",
  },
  {
    name: "types",
    commands: ["react-router typegen", "tsc"],
    repair: "the places are above, `npm run typecheck` shows them again",
  },
  {
    name: "unused code",
    commands: ["knip"],
    repair: "`npx knip --fix` removes unused exports and dependencies",
  },
  { name: "tests", commands: ["npm test --silent"], repair: "`npm test -- <file>` runs one file again" },
];

const args = process.argv.slice(2);
const wanted = steps.filter(({ name }) => args.includes(name));
const extra = args.filter((arg) => arg.startsWith("-")).join(" ");
const failed = (wanted.length > 0 ? wanted : steps).filter(({ name, commands, repair }) => {
  console.log(`\n── ${name}`);
  const ok = commands.every((command) => {
    const line = `${command} ${extra}`.trim();
    return spawnSync(line, { shell: true, stdio: "inherit" }).status === 0;
  });
  if (!ok) console.error(`${name}: failed; ${repair}.`);
  return !ok;
});

if (failed.length > 0) {
  process.exitCode = 1;
  if (wanted.length !== 1) {
    for (const { name, repair } of failed) console.error(`check failed: ${name}; ${repair}.`);
  }
}
