/**
 * The folder itself: what it holds is whole, so that a file that is lost or cut short fails here, whether or
 * not code answers it yet.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const cases = { argocd: 1224, events: 251, flux: 74, gateway: 390, kyverno: 1445, secrets: 291 };

test.each(Object.entries(cases))('%s has %i cases, each with an id of its own', (folder, count) => {
  const root = join(import.meta.dirname, folder);
  const all = globSync('*.json', { cwd: root }).flatMap((file) => {
    const text: unknown = JSON.parse(readFileSync(join(root, file), 'utf8'));
    const found = Array.isArray(text) ? text : (text as { cases: unknown[] }).cases;
    return found.map((one) => `${file} ${(one as { id: string }).id}`);
  });
  expect(all).toHaveLength(count);
  expect(new Set(all).size).toBe(count);
  expect(readFileSync(join(root, 'SEMANTICS.md'), 'utf8')).toMatch(/^# /);
});
