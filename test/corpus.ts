/**
 * Whole repositories of others beside the checkout, in `../shared`: too large to live in here, and read where
 * they are present.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const shared = resolve(import.meta.dirname, '../../shared');

/** The folder of a repository, whether or not it is there. */
export function corpus(name: string): string {
  return resolve(shared, 'corpus', name);
}

/** Pages about `idp-blueprint` as its authors wrote them. */
export const seedPages = resolve(shared, 'seed');

/**
 * Whether a folder is there; says so where it is not, so that the tests that Vitest counts as skipped have
 * their reason beside them.
 */
export function isPresent(folder: string): boolean {
  const present = existsSync(folder);
  if (!present) console.log(`not beside the checkout, tests of it are skipped: ${folder}`);
  return present;
}
