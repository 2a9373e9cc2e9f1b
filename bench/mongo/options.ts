import { parseArgs } from "node:util";
import { z } from "zod";

export const PARTS = ["rates", "viewers", "memory", "list"] as const;

const optionsSchema = z.object({
  pairs: z.coerce.number().int().min(1).max(50).default(5),
  seconds: z.coerce.number().min(0.2).max(60).default(1.5),
  jobs: z.coerce.number().int().min(1_000).max(10_000_000).default(1_000_000),
  only: z
    .string()
    .transform((names) => names.split(","))
    .pipe(z.array(z.enum(PARTS)))
    .default([...PARTS]),
});

/**
 * `--pairs`: measured pairs per row of the rates, rounds of the other parts. `--seconds`: of each run in them. `--jobs`:
 * in the list. `--only rates,viewers,memory,list`: parts.
 */
export type Options = z.infer<typeof optionsSchema>;

export function readOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  return optionsSchema.parse(
    parseArgs({ args, options: { pairs: text, seconds: text, jobs: text, only: text } }).values,
  );
}
