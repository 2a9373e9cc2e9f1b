import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileArtifactStore } from "./artifact-store.files.server.ts";
import { ArtifactStoreError } from "./artifact-store.ts";

const JOB = "7f9c2ba4-e88f-4a3c-8d5b-3d2f0c5b9d11";
const BYTES = new TextEncoder().encode("{}");

describe("the artifact store on files", () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "jobmon-"));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it("keeps folders and files for their owner only", async () => {
    await createFileArtifactStore({ dataDir }).put(JOB, "result.json", BYTES);
    expect(await modeOf("artifacts")).toBe(0o700);
    expect(await modeOf(`artifacts/${JOB}`)).toBe(0o700);
    expect(await modeOf(`artifacts/${JOB}/result.json`)).toBe(0o600);
  });

  it("leaves nothing unfinished after a write, done or failed", async () => {
    const artifacts = createFileArtifactStore({ dataDir });
    await artifacts.put(JOB, "result.json", BYTES);
    await mkdir(join(dataDir, "artifacts", JOB, "taken"));
    await expect(artifacts.put(JOB, "taken", BYTES)).rejects.toBeInstanceOf(ArtifactStoreError);
    expect(await readdir(join(dataDir, "artifacts", ".unfinished"))).toEqual([]);
  });

  it("sweeps at its start what a crash left unfinished, and nothing else", async () => {
    await createFileArtifactStore({ dataDir }).put(JOB, "result.json", BYTES);
    await writeFile(join(dataDir, "artifacts", ".unfinished", "half"), "{");
    const artifacts = createFileArtifactStore({ dataDir });
    expect(await readdir(join(dataDir, "artifacts", ".unfinished"))).toEqual([]);
    expect((await artifacts.open(JOB, "result.json"))?.size).toBe(2);
  });

  it("says what is wrong when its folder cannot be used", async () => {
    await writeFile(join(dataDir, "artifacts"), "a file");
    expect(() => createFileArtifactStore({ dataDir })).toThrow(/cannot be used/);
  });

  it("fails the reader when the file is gone by the time it is read", async () => {
    const artifacts = createFileArtifactStore({ dataDir });
    await artifacts.put(JOB, "result.json", BYTES);
    const file = await artifacts.open(JOB, "result.json");
    await artifacts.removeAll(JOB);
    await expect(file?.content.getReader().read()).rejects.toBeInstanceOf(ArtifactStoreError);
  });

  async function modeOf(path: string): Promise<number> {
    return (await stat(join(dataDir, path))).mode & 0o777;
  }
});
