import { crc32, inflateRawSync } from "node:zlib";
import { SourceFormatError } from "./source.ts";

const maxBytes = 64 * 1024 * 1024;

/** Whether these bytes begin like a zip archive. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The one file of an archive whose name ends so. Throws SourceFormatError for none or several, for more than 64 MB unpacked,
 * and for what is encrypted, cut off or doesn't match its checksum.
 */
export function unzipOne(bytes: Uint8Array, ending: string): Uint8Array {
  try {
    return unpack(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), ending);
  } catch (cause) {
    if (cause instanceof SourceFormatError) throw cause;
    throw new SourceFormatError("The archive can't be unpacked", { cause });
  }
}

function unpack(archive: Buffer, ending: string): Uint8Array {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end === -1) throw new SourceFormatError("The archive is cut off");
  const files: { name: string; method: number; flags: number; sum: number; packed: number; size: number; at: number }[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let i = archive.readUInt16LE(end + 10); i > 0; i -= 1) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new SourceFormatError("The archive's list of files is broken");
    const [nameLength, extra, comment] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)];
    files.push({
      name: archive.toString("utf8", at + 46, at + 46 + nameLength), flags: archive.readUInt16LE(at + 8), method: archive.readUInt16LE(at + 10),
      sum: archive.readUInt32LE(at + 16), packed: archive.readUInt32LE(at + 20), size: archive.readUInt32LE(at + 24), at: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extra + comment;
  }
  const [file, ...others] = files.filter(({ name }) => name.toLowerCase().endsWith(ending));
  if (!file || others.length > 0) throw new SourceFormatError(`The archive holds ${files.map(({ name }) => name).slice(0, 10).join(", ") || "nothing"}, not one file ${ending}`);
  if (file.size > maxBytes) throw new SourceFormatError(`${file.name} has ${file.size} bytes, more than ${maxBytes}`);
  if ((file.flags & 1) !== 0 || (file.method !== 0 && file.method !== 8)) throw new SourceFormatError(`${file.name} is packed in a way that isn't read here`);
  const from = file.at + 30 + archive.readUInt16LE(file.at + 26) + archive.readUInt16LE(file.at + 28);
  const packed = archive.subarray(from, from + file.packed);
  const content = file.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: maxBytes });
  if (content.byteLength !== file.size || crc32(content) !== file.sum) throw new SourceFormatError(`${file.name} doesn't match its checksum`);
  return content;
}
