import { readFileSync } from 'node:fs';
import { entryAt } from './paths.ts';

/**
 * The text of a file; null where there is none, or none that may be read: one that vanished, a folder, a pipe
 * (which would be waited for without end), one of more bytes than such a file has.
 */
export function readPlainFile(path: string, most = 4 * 2 ** 20): string | null {
  const entry = entryAt(path);
  if (!entry?.isFile() || entry.size > most) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
