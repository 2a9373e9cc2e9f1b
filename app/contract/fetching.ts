import { z } from "#app/contract/zod-mini.ts";

/** How many of the parts are here or done with; present while some are still to be fetched. */
export const fetchingSchema = z.object({
  done: z.int().check(z.minimum(0)),
  total: z.int().check(z.minimum(1)),
});
