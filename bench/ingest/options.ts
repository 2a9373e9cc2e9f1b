import { parseArgs } from "node:util";
import { z } from "zod";

export const PARTS = ["rates", "growth", "memory", "stall"] as const;

const optionsSchema = z.object({
  pairs: z.coerce.number().int().min(1).max(50).default(5),
  seconds: z.coerce.number().min(0.2).max(60).default(1.5),
  only: z
    .string()
    .transform((names) => names.split(","))
    .pipe(z.array(z.enum(PARTS)))
    .default([...PARTS]),
  rows: z.string().default(""),
  name: z
    .string()
    .regex(/^[\w-]+$/)
    .default("ingest"),
  profile: z.boolean().default(false),
});

/**
 * `--pairs`: measured pairs per row of the rates. `--seconds`: of each run in them. `--only rates,growth,memory,stall`:
 * parts. `--rows`: rows of the rates whose name has this in it. `--name`: of the results file. `--profile`: the server
 * writes a V8 profile to `bench/results/profiles` while the rates are measured.
 */
export type Options = z.infer<typeof optionsSchema>;

export function readOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  const options = {
    pairs: text,
    seconds: text,
    only: text,
    rows: text,
    name: text,
    profile: { type: "boolean" },
  } as const;
  return optionsSchema.parse(parseArgs({ args, options }).values);
}
