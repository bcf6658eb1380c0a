import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * The small plain files of a packed chart whose content is known to be what was locked, by their path below
 * the chart: for who only looks where in it something is said, and cannot wait. What is written in a way that
 * it does not read is left out.
 */
export function unpackNow(packed: Buffer): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let archive: Buffer;
  try {
    archive = gunzipSync(packed, { maxOutputLength: largest });
  } catch {
    return files;
  }
  let longName: string | undefined;
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    const size = Number.parseInt(textOf(header, 124, 12), 8);
    if (header[0] === 0 || !(size >= 0)) break;
    const data = archive.subarray(at + block, at + block + size);
    const type = String.fromCharCode(header[156] ?? 0);
    const prefix = textOf(header, 345, 155);
    const short = `${prefix === '' ? '' : `${prefix}/`}${textOf(header, 0, 100)}`;
    if (type === 'x') longName = /^\d+ path=(.*)$/m.exec(data.toString('utf8'))?.[1];
    else if (type === 'L') longName = textOf(data, 0, size);
    else {
      const name = longName ?? short;
      const path = posix.normalize(name.slice(name.indexOf('/') + 1));
      if ((type === '0' || type === '\0') && size <= largestFile && !path.startsWith('..'))
        files.set(path, data);
      longName = undefined;
    }
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

function textOf(bytes: Buffer, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end).trim();
}

const block = 512;
const largest = 100 * 2 ** 20;
/** Nobody looks for a line in a larger one. */
const largestFile = 2 ** 20;
