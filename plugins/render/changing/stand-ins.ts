import { readFileSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { changingCalls, type Variant, withStandIns } from './functions.ts';
import { mapPacked } from './packed.ts';

/** The functions that files of a chart call, packed ones too, and that answer otherwise each time. */
export function callsOf(paths: Iterable<string>, texts: Iterable<string> = []): string[] {
  const calls = new Set<string>();
  const look = (text: string) => {
    for (const call of changingCalls(text)) calls.add(call);
    return text;
  };
  for (const path of paths) {
    const bytes = readFileSync(path);
    if (path.endsWith('.tgz')) mapPacked(bytes, look);
    else if (isText(bytes)) look(bytes.toString('utf8'));
  }
  for (const text of texts) look(text);
  return [...calls].sort();
}

/** Copies a file of a chart; for one of two renders with stand-ins for such calls. */
export async function copyFor(path: string, target: string, variant: Variant | null): Promise<void> {
  if (variant === null) return copyFile(path, target);
  return writeFile(target, bytesFor(await readFile(path), path, variant));
}

/** The content of a file of a chart with them. */
export function bytesFor(bytes: Buffer, path: string, variant: Variant): Buffer {
  const map = (text: string) => withStandIns(text, variant);
  if (path.endsWith('.tgz')) return mapPacked(bytes, map);
  return isText(bytes) ? Buffer.from(map(bytes.toString('utf8'))) : bytes;
}

function isText(bytes: Buffer): boolean {
  return bytes.length <= longest && !bytes.includes(0);
}

/** A longer file is data. */
const longest = 2 ** 20;
