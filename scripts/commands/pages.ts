import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PageReport } from '../../plugins/engine/index.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import { lockName } from '../../plugins/source/index.ts';

/**
 * What a report may quote: manifests as the model saw them (values of Secrets blanked), and the pages that
 * were checked and the lock, from disk. Anything else is unknown.
 */
export function textsOf(
  { config, sources }: Platform,
  pages: PageReport[],
): (file: string) => string | undefined {
  const known = new Set([...pages.map(({ file }) => file), lockName]);
  return (file) => {
    const manifest = sources.files.get(file)?.text;
    if (manifest !== undefined || !known.has(file)) return manifest;
    return readIfThere(resolve(config.root, file)) ?? readIfThere(resolve(file));
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
