/** Schemas that refer to what Helm would fetch, past any proxy where that is this machine. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { mapPacked } from './changing/packed.ts';

/** Of a packed chart any file of it may be the schema; one that cannot be unpacked may hold anything. */
export function foreignIn(path: string): string | undefined {
  if (!path.endsWith('.tgz')) return readFileSync(path, 'utf8').match(foreignReference)?.[1];
  try {
    const files = gunzipSync(readFileSync(path), { maxOutputLength: largestPacked }).toString('latin1');
    return files.includes('values.schema.json') ? files.match(foreignReference)?.[1] : undefined;
  } catch {
    return 'what cannot be unpacked';
  }
}

const largestPacked = 64 * 2 ** 20;

/** In the text, so that a key given twice or written with escapes is seen too. */
const foreignReference =
  /"(?:\$(?:ref|schema|dynamicRef|recursiveRef)|[^"\\]*\\u[^"]{0,80})"\s*:\s*"(?!#|https?:\/\/json-schema\.org\/)([^"]*)/;

/** The files of a chart with such schemas empty, in charts packed in it too: Helm then takes any values. */
export function withoutForeignSchemas(
  files: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, Uint8Array> {
  const emptied = (text: string, path: string): string =>
    posix.basename(path) === 'values.schema.json' && foreignReference.test(text) ? '{}' : text;
  return new Map(
    [...files].map(([path, data]) => {
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      if (path.endsWith('.tgz')) return [path, mapPacked(bytes, emptied)];
      const text = posix.basename(path) === 'values.schema.json' ? bytes.toString('utf8') : '';
      return [path, emptied(text, path) === text ? data : Buffer.from('{}')];
    }),
  );
}
