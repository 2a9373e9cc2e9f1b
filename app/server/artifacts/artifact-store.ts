/** A stored file: its size in bytes, and its content, which takes hold of nothing until it is read. */
export type OpenFile = { size: number; content: ReadableStream<Uint8Array<ArrayBuffer>> };

/** The bytes of a file to be stored: all of them, or as they come. */
export type FileSource = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * The files of jobs: results, archives, artifacts. Job ids and names are ours, never a worker's path: letters,
 * digits, `-`, `_` and `.`, not first. Rejects with `ArtifactStoreError` for any other name and for what cannot be stored
 * or read, with `RepositoryUnavailableError` while a database that holds the files is away.
 */
export interface ArtifactStore {
  /**
   * Writes a file, whole and durable before it resolves, or not at all, also when its source fails half-way. A file of
   * the same name is replaced.
   */
  put(jobId: string, name: string, data: FileSource): Promise<void>;
  /** A file as it is now; undefined where there is none. */
  open(jobId: string, name: string): Promise<OpenFile | undefined>;
  /**
   * Gives a file another name, durable and in one step; a file that has that name is replaced. Done already is no
   * error, neither name there is one.
   */
  rename(jobId: string, from: string, to: string): Promise<void>;
  /** Removes one file; no error where there is none. */
  remove(jobId: string, name: string): Promise<void>;
  /** Removes every file of a job; no error where there is none. */
  removeAll(jobId: string): Promise<void>;
  /** Removes what writes left behind that never came to their end. Resolves with how many. */
  sweep(): Promise<number>;
}

/** The store cannot be read or written; the message names the cause. */
export class ArtifactStoreError extends Error {
  readonly code = "artifact_store_unavailable";
}
