import { z } from "zod";
// For what is set there.
import "./zod-mini.ts";

export { z };
