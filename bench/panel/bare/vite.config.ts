import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";

/** The framework and nothing else. */
export default defineConfig({ plugins: [reactRouter()] });
