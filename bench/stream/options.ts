import { parseArgs } from "node:util";
import { z } from "zod";

export const PARTS = ["fan-out", "latency", "idle", "reconnect", "slow"] as const;

const optionsSchema = z.object({
  pairs: z.coerce.number().int().min(1).max(50).default(7),
  seconds: z.coerce.number().min(0.2).max(60).default(5),
  only: z
    .string()
    .transform((names) => names.split(","))
    .pipe(z.array(z.enum(PARTS)))
    .default([...PARTS]),
  name: z
    .string()
    .regex(/^[\w-]+$/)
    .default("stream"),
  profile: z.boolean().default(false),
});

/**
 * `--pairs`: rounds in which every variant is measured once. `--seconds`: of each run of the fan-out and the latency.
 * `--only fan-out,latency,idle,reconnect,slow`: parts. `--name`: of the results file. `--profile`: the servers of the
 * fan-out write a V8 profile each to `bench/results/profiles`.
 */
export type Options = z.infer<typeof optionsSchema>;

export function readOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  const options = {
    pairs: text,
    seconds: text,
    only: text,
    name: text,
    profile: { type: "boolean" },
  } as const;
  return optionsSchema.parse(parseArgs({ args, options }).values);
}
