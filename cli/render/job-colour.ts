/** The colours that jobs take turns in; none of them says how a job is. */
const JOB_COLOURS = [
  "magenta",
  "blue",
  "cyanBright",
  "yellowBright",
  "greenBright",
  "magentaBright",
] as const;
type JobColour = (typeof JOB_COLOURS)[number];

/** The colour of a job: always the same for the same id, on every machine. */
export function jobColour(jobId: string): JobColour {
  let sum = 0;
  for (const character of jobId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return JOB_COLOURS[sum % JOB_COLOURS.length] ?? "blue";
}
