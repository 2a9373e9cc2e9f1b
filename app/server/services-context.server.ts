import { createContext } from "react-router";
import type { Services } from "./services.server.ts";

/** Where a route finds the services: `context.get(servicesContext)`. Set once per request by the HTTP server. */
export const servicesContext = createContext<Services>();
