import { z } from "zod";

export { z };

// In a browser schemas write no code to be faster: that would be `eval`, which the policy of our pages refuses.
z.config({ jitless: "document" in globalThis });
