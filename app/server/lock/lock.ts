/** One instance at a time of those that share a storage. */
export type Lock = {
  /** Takes the lock where it is free and keeps it where it is held here: for `heldMs` from now, a minute unless told. */
  holds(name: string, heldMs?: number): Promise<boolean>;
  /** Lets go at once, where it is held here; nothing otherwise. Rejects where nobody can be told: it runs out then. */
  release(name: string): Promise<void>;
};
