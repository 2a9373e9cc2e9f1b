import type { Env } from "#app/server/env.server.ts";
import type { PageHosts } from "#app/server/security/security-headers.server.ts";
import { frontendOf, signInMode } from "./sign-in-variables.server.ts";

/** Clerk's protection against robots, which its sign-in form loads. */
const CHALLENGES = "https://challenges.cloudflare.com";

/**
 * The hosts that the pages need beside their own: none without Clerk, else those Clerk names for its forms
 * (clerk.com/docs/guides/secure/best-practices/csp-headers), without its inline styles: they carry our nonce.
 */
export function signInHosts(env: Env): PageHosts {
  const frontend = frontendOf(env.VITE_CLERK_PUBLISHABLE_KEY ?? "");
  if (signInMode(env) !== "clerk" || frontend === undefined) return { scripts: [], images: [], frames: [] };
  return {
    scripts: [`https://${frontend}`, CHALLENGES],
    images: ["https://img.clerk.com"],
    frames: [CHALLENGES],
  };
}
