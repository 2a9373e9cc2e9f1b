import * as z from "zod/mini";

/** Zod in a form that is loaded in a quarter of the time: for all that is read before something is shown. */
export { z };

// In a browser schemas write no code to be faster: that would be `eval`, which the policy of our pages refuses.
z.config({ jitless: "document" in globalThis });
