import { ArtifactStoreError } from "./artifact-store.ts";

const NAME = /^[\w-][\w.-]{0,199}$/;

/** Refuses with `ArtifactStoreError` what is no name of a job or of its file. */
export function checkNames(...names: string[]): void {
  const wrong = names.find((name) => !NAME.test(name));
  if (wrong === undefined) return;
  throw new ArtifactStoreError(`${JSON.stringify(wrong.slice(0, 100))} is no name of a job or of its file`);
}
