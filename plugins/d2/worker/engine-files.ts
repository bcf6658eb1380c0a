import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the installed D2.js keeps its engine. */
export function engineDirectory(): string {
  return dirname(fileURLToPath(import.meta.resolve('@terrastruct/d2')));
}

/** The installed version of D2.js: part of every cache key, as another engine draws other lines. */
export function engineVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(join(engineDirectory(), '..', '..', 'package.json'), 'utf8'),
  );
  return String((manifest as { version?: unknown }).version);
}
