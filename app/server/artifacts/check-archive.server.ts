import { crc32 } from "node:zlib";
import { type Entry, fromBufferPromise, fromFdPromise, type ZipFile } from "yauzl";
import { cleanText } from "#app/domain/clean-text.ts";

const MEGABYTE = 1024 * 1024;
const MAX_SIZE = 32 * MEGABYTE;
const MAX_ENTRIES = 2_000;
const MAX_UNPACKED = 512 * MEGABYTE;
/** An entry may grow this much, once it is larger than the size that is free of it. */
const MAX_RATIO = 100;
const FREE_OF_RATIO = MEGABYTE;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

const STRICT = { lazyEntries: true, strictFileNames: true, validateEntrySizes: true };

/** Whether an archive may be handed to a person; `reason` is a sentence for that person. */
export type ArchiveCheck = { ok: true; entries: number } | { ok: false; reason: string };

/**
 * Looks an archive through: it is a ZIP of at most 32 MB and 2,000 entries, whole and not encrypted; no entry leaves
 * the folder it is unpacked in, none is a link; unpacked it has at most 512 MB, and no entry is a bomb (100 times its
 * size, beyond 1 MB). Every entry is really unpacked, chunk by chunk: what its header claims does not count.
 */
export async function checkArchive(bytes: Uint8Array): Promise<ArchiveCheck> {
  return check(() => {
    if (bytes.byteLength > MAX_SIZE) throw new Refusal("it is larger than 32 MB");
    return fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), STRICT);
  });
}

/** The same for an archive of any size in an open file, which is read piece by piece and stays open. */
export function checkArchiveFile(fd: number): Promise<ArchiveCheck> {
  return check(() => fromFdPromise(fd, { ...STRICT, autoClose: false }));
}

async function check(open: () => Promise<ZipFile>): Promise<ArchiveCheck> {
  try {
    const zip = await open();
    if (zip.entryCount > MAX_ENTRIES) throw new Refusal("it has more than 2,000 entries");
    let unpacked = 0;
    let entries = 0;
    for await (const entry of zip.eachEntry()) {
      // The directory is what counts them, and it can lie too.
      entries += 1;
      await refuseUnsafe(zip, entry);
      unpacked += await unpack(zip, entry, MAX_UNPACKED - unpacked);
    }
    return { ok: true, entries };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const prefix = error instanceof Refusal ? "" : "it is not a sound ZIP archive: ";
    return { ok: false, reason: cleanText(`the archive is refused: ${prefix}${reason}`, 500) };
  }
}

/** What is wrong with an archive, in words for a person. */
class Refusal extends Error {}

async function refuseUnsafe(zip: ZipFile, entry: Entry): Promise<void> {
  const name = JSON.stringify(entry.fileName.slice(0, 200));
  if (entry.fileName.includes("\0")) throw new Refusal(`the name ${name} is none of a file`);
  if (entry.isEncrypted()) throw new Refusal(`${name} is encrypted`);
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK) {
    throw new Refusal(`${name} is a link to somewhere else`);
  }
  const local = await zip.readLocalFileHeaderPromise(entry);
  if (!local.fileName.equals(entry.fileNameRaw)) throw new Refusal(`${name} has a second name`);
}

/** Unpacks an entry to nowhere and gives its size. */
async function unpack(zip: ZipFile, entry: Entry, allowed: number): Promise<number> {
  const name = JSON.stringify(entry.fileName.slice(0, 200));
  const limit = Math.max(FREE_OF_RATIO, entry.compressedSize * MAX_RATIO);
  let size = 0;
  let sum = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    size += chunk.length;
    sum = crc32(chunk, sum);
    if (size > limit) throw new Refusal(`${name} unpacks to more than ${MAX_RATIO} times its size`);
    if (size > allowed) throw new Refusal("it unpacks to more than 512 MB");
  }
  if (sum !== entry.crc32) throw new Refusal(`${name} is damaged`);
  return size;
}
