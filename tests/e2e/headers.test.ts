import { get } from "node:http";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorBodySchema, registeredSchema } from "#app/contract/http.ts";
import { launchBrowser } from "../setup/browser.ts";
import { registerJob } from "./support/jobs.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const FRIEND = "https://app.example.org";

let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer({
    env: { TRUSTED_PROXIES: "127.0.0.1", JOBMON_ALLOWED_ORIGINS: FRIEND },
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});

describe("every answer", () => {
  it.each([
    "/",
    "/healthz",
    "/api/external/jobs",
    "/api/nothing",
    "/nothing",
    "/assets/nothing.js",
    "/metrics",
  ])("of %s says how it may be used", async (path) => {
    const { headers } = await fetch(server.url + path);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("Referrer-Policy")).toBe("same-origin");
    expect(headers.get("Permissions-Policy")).toContain("camera=()");
    expect(headers.get("Strict-Transport-Security")).toBeNull();
  });

  it("of a client that came by TLS to a trusted proxy asks for TLS", async () => {
    const { headers } = await fetch(`${server.url}/healthz`, { headers: { "X-Forwarded-Proto": "https" } });
    expect(headers.get("Strict-Transport-Security")).toContain("max-age=31536000");
  });
});

describe("a page", () => {
  it("allows no inline script or style but its own, by a nonce of this one answer", async () => {
    const [first, second] = await Promise.all([fetch(server.url), fetch(server.url)]);
    const policy = first.headers.get("Content-Security-Policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(second.headers.get("Content-Security-Policy")).not.toContain(nonce);
    const html = await first.text();
    const scripts = [...html.matchAll(/<(?:script|style)\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(1);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(html).not.toMatch(/\sstyle="|\son\w+="|javascript:/);
  });

  it.each([360, 1280])("breaks none of its own rules at %i px", async (width) => {
    await registerJob(server.url, { title: "Bericht.pdf" });
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const faults: string[] = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, sourceFile }) => {
        console.error(`${violatedDirective}: ${sourceFile}`);
      });
    });
    await page.goto(`${server.url}/?panel=open`);
    await page.getByText("Bericht.pdf").first().click();
    await page.getByText("Live").first().waitFor();
    expect(faults).toEqual([]);
    // What a worker would have to smuggle in is refused, and said to be.
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.smuggled = true";
      document.body.append(script);
    });
    expect(await page.evaluate(() => "smuggled" in globalThis)).toBe(false);
    await expect.poll(() => faults.join()).toContain("Content Security Policy");
    await page.close();
  });
});

describe("a page of somebody else", () => {
  const body = JSON.stringify({ title: "Bericht.pdf" });
  const post = (headers: Record<string, string>) =>
    fetch(`${server.url}/api/external/jobs`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });

  it("cannot register a job, and is told why", async () => {
    const answer = await post({ Origin: "https://evil.example" });
    expect(answer.status).toBe(403);
    expect(errorBodySchema.parse(await answer.json()).error).toMatchObject({ code: "cross_site" });
  });

  it("cannot open a stream", async () => {
    expect(await statusOf("/api/external/jobs/stream", { "Sec-Fetch-Site": "cross-site" })).toBe(403);
  });

  it("can do both where its origin is allowed, after a preflight, and without cookies", async () => {
    const preflight = await fetch(`${server.url}/api/external/jobs`, {
      method: "OPTIONS",
      headers: { Origin: FRIEND, "Access-Control-Request-Method": "POST" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("Access-Control-Allow-Headers")).toContain("Authorization");
    const answer = await post({ Origin: FRIEND });
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe(FRIEND);
    expect(answer.headers.get("Access-Control-Allow-Credentials")).toBeNull();
    expect(registeredSchema.parse(await answer.json()).status).toBe("queued");
    expect(
      (await fetch(`${server.url}/api/external/jobs`)).headers.get("Access-Control-Allow-Origin"),
    ).toBeNull();
  });
});

describe("behind a trusted proxy", () => {
  it("callback_url begins with the address the client asked for", async () => {
    const answer = await fetch(`${server.url}/api/external/jobs`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Forwarded-Proto": "https" },
      body: JSON.stringify({ title: "Bericht.pdf" }),
    });
    expect(registeredSchema.parse(await answer.json()).callback_url).toMatch(/^https:\/\/127\.0\.0\.1/);
  });
});

/** Over `http`, because `fetch` sets the headers that tell of a page itself. */
function statusOf(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    get(server.url + path, { headers }, (answer) => {
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    }).on("error", reject);
  });
}
