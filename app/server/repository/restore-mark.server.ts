import { randomBytes } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { markRow } from "./sqlite-rows.server.ts";

export type RestoreMark = {
  /** Gives database and file a new mark, so that a copy of the database from before is told from it. */
  renew(): void;
  /** Somebody says that the database is a copy that was put back: new epochs. How many feeds there are. */
  declareRestored(): number;
};

/**
 * Tells whether a database is the one this folder had last, or a copy that was put back: it remembers what the file
 * `jobmon.mark` said and when that file last changed, an instant no copy can bring along. Feeds of a restored database
 * get new epochs, because numbers above its head were given out before. A false alarm costs a viewer one reload.
 */
export function openRestoreMark(db: DatabaseSync, dataDir: string): RestoreMark {
  const file = join(dataDir, "jobmon.mark");
  const select = db.prepare("SELECT mark, changed_at FROM restore_mark");
  const store = db.prepare("INSERT OR REPLACE INTO restore_mark (id, mark, changed_at) VALUES (1, ?, ?)");

  const known = markRow.optional().parse(select.get());
  const found = readMark(file);
  const isSame = known?.mark === found?.mark && known?.changed_at === found?.changedAt;
  if (!isSame) declareRestored();

  function declareRestored(): number {
    return Number(db.prepare("UPDATE feeds SET epoch = lower(hex(randomblob(8)))").run().changes);
  }

  function renew(): void {
    const mark = randomBytes(8).toString("hex");
    writeFileSync(file, mark, { mode: 0o600 });
    store.run(mark, changedAt(file));
  }
  renew();
  return { renew, declareRestored };
}

function readMark(file: string): { mark: string; changedAt: string } | undefined {
  try {
    return { mark: readFileSync(file, "utf8"), changedAt: changedAt(file) };
  } catch {
    return undefined;
  }
}

function changedAt(file: string): string {
  const { ctimeNs, ino } = statSync(file, { bigint: true });
  return `${ino}.${ctimeNs}`;
}
