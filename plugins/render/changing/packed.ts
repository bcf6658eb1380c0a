import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * A packed chart with each text of it replaced, which is told with its path in the archive; nothing is
 * unpacked on disk. As it is where it is no gzipped tar, or too large to look into.
 * @param inner gives what stands in the place of a chart that is packed in it; as it is without.
 */
export function mapPacked(
  packed: Buffer,
  map: (text: string, path: string) => string,
  inner: (packed: Buffer) => Buffer = (same) => same,
): Buffer {
  let archive: Buffer;
  try {
    archive = gunzipSync(packed, { maxOutputLength: largest });
  } catch {
    return packed;
  }
  const parts: Buffer[] = [];
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    const size = Number.parseInt(header.toString('latin1', 124, 136).replace(/\0.*$/s, '').trim() || '0', 8);
    if (!Number.isSafeInteger(size)) return packed;
    const content = archive.subarray(at + block, at + block + size);
    const isFile = header[156] === 0 || header[156] === 0x30;
    const path = header.toString('utf8', 0, 100).replace(/\0.*$/s, '');
    const isLong = size > largestText && !path.endsWith('/values.schema.json');
    const text = isFile && !isLong && !content.includes(0) ? content.toString('utf8') : '';
    const isPacked = isFile && path.endsWith('.tgz');
    const mapped = isPacked ? '' : map(text, path);
    const other = isPacked ? inner(content) : mapped === text ? content : Buffer.from(mapped);
    if (other === content) parts.push(archive.subarray(at, at + block + padded(size)));
    else parts.push(...entry(header, other));
    at += block + padded(size);
  }
  return gzipSync(Buffer.concat(parts), { level: 1 });
}

/** With its new size and the sum over its header. */
function entry(old: Buffer, content: Buffer): Buffer[] {
  const header = Buffer.from(old);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return [header, content, Buffer.alloc(padded(content.length) - content.length)];
}

function padded(size: number): number {
  return Math.ceil(size / block) * block;
}

const block = 512;
const largest = 64 * 2 ** 20;
/** A longer file is data, but for schemas. */
const largestText = 2 ** 20;
