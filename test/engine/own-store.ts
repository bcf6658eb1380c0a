import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { restoreEnvironment } from '../environment.ts';

/** Where `fetch` keeps things while the tests of a file run: others at the same time empty theirs. */
export function ownStore(): string {
  const folder = mkdtempSync(join(process.env.PLUMBLINE_TREES ?? tmpdir(), 'store-'));
  const before = { ...process.env };
  beforeAll(() => {
    process.env.PLUMBLINE_CACHE = folder;
  });
  afterAll(() => {
    restoreEnvironment(before);
    rmSync(folder, { recursive: true, force: true });
  });
  return join(folder, 'store');
}
