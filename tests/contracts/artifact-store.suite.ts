import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArtifactStore, ArtifactStoreError } from "#app/server/artifacts/artifact-store.ts";

/** What a store under test offers. `reopen` opens the same storage again, as after a restart. */
export type ArtifactsUnderTest = {
  artifacts: ArtifactStore;
  reopen: () => Promise<ArtifactStore>;
  dispose: () => Promise<void>;
};

/** Every guarantee of `ArtifactStore`; each adapter runs it. */
export function describeArtifactStore(name: string, createStore: () => Promise<ArtifactsUnderTest>): void {
  describe(`artifact store: ${name}`, () => {
    const jobId = randomUUID();
    let test: ArtifactsUnderTest;
    let artifacts: ArtifactStore;
    beforeEach(async () => {
      test = await createStore();
      artifacts = test.artifacts;
    });
    afterEach(() => test.dispose());

    it.each([0, 1, 70_000, 1_000_000])("gives back a file of %i bytes as it was put", async (size) => {
      const bytes = someBytes(size);
      await artifacts.put(jobId, "result.json", bytes);
      expect(await read(artifacts, "result.json")).toEqual(bytes);
      expect((await artifacts.open(jobId, "result.json"))?.size).toBe(size);
    });

    it("has the file after a restart", async () => {
      await artifacts.put(jobId, "result.json", someBytes(10));
      expect(await read(await test.reopen(), "result.json")).toEqual(someBytes(10));
    });

    it("knows no file that was not put, and none of another job", async () => {
      await artifacts.put(randomUUID(), "result.json", someBytes(10));
      expect(await artifacts.open(jobId, "result.json")).toBeUndefined();
    });

    it("replaces a file of the same name", async () => {
      await artifacts.put(jobId, "result.json", someBytes(70_000));
      await artifacts.put(jobId, "result.json", someBytes(10));
      expect(await read(artifacts, "result.json")).toEqual(someBytes(10));
    });

    it("keeps one whole file when several are put under one name at once", async () => {
      const contents = [1, 2, 3].map((n) => someBytes(n * 100_000));
      await Promise.all(contents.map((bytes) => artifacts.put(jobId, "result.json", bytes)));
      expect(contents).toContainEqual(await read(artifacts, "result.json"));
    });

    it("takes files of one job at once", async () => {
      const names = Array.from({ length: 10 }, (_, n) => `file-${n}.bin`);
      await Promise.all(names.map((file, n) => artifacts.put(jobId, file, someBytes(n))));
      for (const [n, file] of names.entries()) expect(await read(artifacts, file)).toEqual(someBytes(n));
    });

    it.each([10, 300_000, 3_000_000])("takes a file of %i bytes as they come", async (size) => {
      await artifacts.put(jobId, "result.json", inPieces(someBytes(size), 70_000));
      expect(await read(artifacts, "result.json")).toEqual(someBytes(size));
    });

    it.each([10, 3_000_000])("keeps the file of before when a source fails after %i bytes", async (size) => {
      await artifacts.put(jobId, "result.json", someBytes(20));
      const failing = () => inPieces(someBytes(size), 70_000, new Error("the source is gone"));
      await expect(artifacts.put(jobId, "result.json", failing())).rejects.toThrow("the source is gone");
      expect(await read(artifacts, "result.json")).toEqual(someBytes(20));
      await expect(artifacts.put(jobId, "other.json", failing())).rejects.toThrow("the source is gone");
      expect(await artifacts.open(jobId, "other.json")).toBeUndefined();
    });

    it("sweeps nothing that has its name", async () => {
      await artifacts.put(jobId, "a.zip", someBytes(10));
      await artifacts.put(jobId, "b.zip", someBytes(1_000_000));
      await artifacts.sweep();
      expect(await read(artifacts, "a.zip")).toEqual(someBytes(10));
      expect(await read(artifacts, "b.zip")).toEqual(someBytes(1_000_000));
    });

    it.each([
      [10, 20],
      [10, 1_000_000],
      [1_000_000, 10],
    ])("renames a file of %i bytes, replacing one of %i", async (size, replaced) => {
      await artifacts.put(jobId, "a.zip", someBytes(size));
      await artifacts.put(jobId, "b.zip", someBytes(replaced));
      await artifacts.rename(jobId, "a.zip", "b.zip");
      expect(await read(artifacts, "b.zip")).toEqual(someBytes(size));
      expect(await artifacts.open(jobId, "a.zip")).toBeUndefined();
    });

    it("takes a rename that was done before", async () => {
      await artifacts.put(jobId, "a.zip", someBytes(10));
      await artifacts.rename(jobId, "a.zip", "b.zip");
      await artifacts.rename(jobId, "a.zip", "b.zip");
      expect(await read(artifacts, "b.zip")).toEqual(someBytes(10));
    });

    it("refuses to rename what is not there", async () => {
      await expect(artifacts.rename(jobId, "a.zip", "b.zip")).rejects.toBeInstanceOf(ArtifactStoreError);
    });

    it("removes one file and leaves the others", async () => {
      await artifacts.put(jobId, "a.zip", someBytes(10));
      await artifacts.put(jobId, "b.zip", someBytes(20));
      await artifacts.remove(jobId, "a.zip");
      await artifacts.remove(jobId, "a.zip");
      expect(await artifacts.open(jobId, "a.zip")).toBeUndefined();
      expect(await read(artifacts, "b.zip")).toEqual(someBytes(20));
    });

    it("removes every file of a job and none of another", async () => {
      const other = randomUUID();
      await artifacts.put(jobId, "a.zip", someBytes(10));
      await artifacts.put(jobId, "b.zip", someBytes(10));
      await artifacts.put(other, "a.zip", someBytes(10));
      await artifacts.removeAll(jobId);
      await artifacts.removeAll(jobId);
      expect(await artifacts.open(jobId, "a.zip")).toBeUndefined();
      expect(await artifacts.open(jobId, "b.zip")).toBeUndefined();
      expect((await artifacts.open(other, "a.zip"))?.size).toBe(10);
    });

    it("lets a reader stop half-way", async () => {
      await artifacts.put(jobId, "result.json", someBytes(1_000_000));
      const reader = (await artifacts.open(jobId, "result.json"))?.content.getReader();
      expect((await reader?.read())?.value?.byteLength).toBeGreaterThan(0);
      await expect(reader?.cancel()).resolves.toBeUndefined();
    });

    it.each(["", ".", "..", ".hidden", "a/b", "/a", "a\\b", "a\0b", "ä", "x".repeat(300)])(
      "takes no name like %j, neither for a job nor for its file",
      async (wrong) => {
        const bytes = someBytes(1);
        await expect(artifacts.put(jobId, wrong, bytes)).rejects.toBeInstanceOf(ArtifactStoreError);
        await expect(artifacts.put(wrong, "a.zip", bytes)).rejects.toBeInstanceOf(ArtifactStoreError);
        await expect(artifacts.open(jobId, wrong)).rejects.toBeInstanceOf(ArtifactStoreError);
        await expect(artifacts.removeAll(wrong)).rejects.toBeInstanceOf(ArtifactStoreError);
      },
    );

    async function read(store: ArtifactStore, file: string): Promise<Uint8Array | undefined> {
      const opened = await store.open(jobId, file);
      return opened && new Uint8Array(await new Response(opened.content).arrayBuffer());
    }
  });
}

function someBytes(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, n) => (n * 31 + size) % 256);
}

async function* inPieces(bytes: Uint8Array, size: number, fault?: Error): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
  if (fault) throw fault;
}
