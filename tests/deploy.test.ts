import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, matchesGlob } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import packageJson from "../package.json" with { type: "json" };
import { envSchema } from "#app/server/env.server.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string): Promise<string> => readFile(join(ROOT, path), "utf8");

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      build: z.string().optional(),
      network_mode: z.string().optional(),
      networks: z.array(z.string()).optional(),
      ports: z.array(z.string()).optional(),
      volumes: z.array(z.string()).default([]),
      read_only: z.boolean().optional(),
      environment: z.record(z.string(), z.string()).default({}),
      stop_grace_period: z.string().optional(),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
    }),
  ),
});

async function readCompose() {
  const { services } = composeSchema.parse(parse(await read("compose.yaml"), { merge: true }));
  const instances = Object.values(services).filter(({ image }) => image === "jobmon");
  return { services, instances };
}

it("compose.yaml publishes nothing but the proxy, and that on the loopback of the host", async () => {
  const { services, instances } = await readCompose();
  const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
  expect(published.map(([name, { ports }]) => [name, ports])).toEqual([["proxy", ["127.0.0.1:8080:8080"]]]);
  expect(await read("deploy/nginx/listen.conf")).toBe("listen 8080;\n");
  expect(instances).toHaveLength(2);
  for (const { network_mode, read_only } of instances) {
    expect([network_mode, read_only]).toEqual(["service:proxy", true]);
  }
});

it("compose.yaml gives every instance the port at which nginx looks for it, and time to end", async () => {
  const { instances } = await readCompose();
  const servers = [...(await read("deploy/nginx/instances.conf")).matchAll(/^server 127\.0\.0\.1:(\d+) /gm)];
  expect(instances.map(({ environment }) => environment["PORT"])).toEqual(servers.map(([, port]) => port));
  for (const { environment, stop_grace_period = "" } of instances) {
    const env = envSchema.parse(environment);
    expect(Number.parseInt(stop_grace_period, 10)).toBeGreaterThan(env.DRAIN_SECONDS);
  }
});

it("compose.yaml mounts files that are there", async () => {
  const { services } = await readCompose();
  const mounted = Object.values(services)
    .flatMap(({ volumes }) => volumes.map((volume) => volume.split(":")[0] ?? ""))
    .filter((source) => source.startsWith("./"));
  expect(mounted).toHaveLength(3);
  for (const source of mounted) expect(existsSync(join(ROOT, source)), source).toBe(true);
});

it("nginx waits longer than a heartbeat, and lets the largest final through", async () => {
  const conf = await read("deploy/nginx/nginx.conf");
  const env = envSchema.parse({});
  expect(Number(/proxy_read_timeout (\d+)s;/.exec(conf)?.[1])).toBeGreaterThan(2 * env.HEARTBEAT_SECONDS);
  expect(Number(/client_max_body_size (\d+)m;/.exec(conf)?.[1]) * 1024 * 1024).toBeGreaterThan(
    env.LIMIT_FINAL_BYTES,
  );
});

it("the Dockerfile copies what is there and not ignored, runs the Node we need, and not as root", async () => {
  const [dockerfile, ignore] = [await read("Dockerfile"), await read(".dockerignore")];
  const kept = ignore.split("\n").filter((line) => line.startsWith("!"));
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = ""]) =>
    sources.split(" "),
  );
  expect(copied).toContain("package-lock.json");
  for (const path of copied.filter((source) => source !== ".")) {
    expect(existsSync(join(ROOT, path)), path).toBe(true);
    const isKept = kept.some((line) => path === line.slice(1) || matchesGlob(path, `${line.slice(1)}/**`));
    expect(isKept, path).toBe(true);
  }
  for (const line of kept) expect(existsSync(join(ROOT, line.slice(1))), line).toBe(true);
  const major = packageJson.engines.node.replace(">=", "");
  for (const [, version] of dockerfile.matchAll(/^FROM node:(\d+)/gm)) expect(version).toBe(major);
  const [lastStage = ""] = dockerfile.split(/^FROM /m).slice(-1);
  expect(lastStage).toMatch(/^USER node$/m);
  expect(lastStage).not.toMatch(/^EXPOSE /m);
});
