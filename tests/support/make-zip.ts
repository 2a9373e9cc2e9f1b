import { crc32, deflateRawSync } from "node:zlib";

/** An entry of an archive, true or not: whatever is given besides the data is written as it is given. */
export type ZipEntry = {
  name: string;
  data: Uint8Array;
  /** Bit 0: encrypted. */
  flags?: number;
  /** Its Unix mode: 0o120777 is a link. */
  mode?: number;
  checksum?: number;
  claimedSize?: number;
  localName?: string;
};

/** A ZIP archive (APPNOTE 6.3) with these entries, for tests: no library would write the wrong ones. */
export function makeZip(entries: ZipEntry[], { claimedCount = entries.length } = {}): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = deflateRawSync(entry.data);
    const [name, localName] = [Buffer.from(entry.name), Buffer.from(entry.localName ?? entry.name)];
    const local = Buffer.concat([header(0x04034b50, 30, 4, entry, packed, localName), localName, packed]);
    const central = header(0x02014b50, 46, 6, entry, packed, name);
    central.writeUInt16LE((3 << 8) | 20, 4);
    central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    files.push(local);
    directory.push(central, name);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(claimedCount, 8);
  end.writeUInt16LE(claimedCount, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...files, ...directory, end]));
}

/** What the two kinds of header have in common, from the field at `at` on. */
function header(
  signature: number,
  length: number,
  at: number,
  entry: ZipEntry,
  packed: Uint8Array,
  name: Uint8Array,
): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  bytes.writeUInt16LE(20, at);
  bytes.writeUInt16LE(entry.flags ?? 0, at + 2);
  bytes.writeUInt16LE(8, at + 4);
  bytes.writeUInt32LE(entry.checksum ?? crc32(entry.data), at + 10);
  bytes.writeUInt32LE(packed.length, at + 14);
  bytes.writeUInt32LE(entry.claimedSize ?? entry.data.length, at + 18);
  bytes.writeUInt16LE(name.length, at + 22);
  return bytes;
}
