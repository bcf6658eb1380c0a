import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { counted, isInside, realOf, realPath } from '../../base/index.ts';
import { configError } from '../run/errors.ts';

/**
 * Astro copies what links of `public/` lead to, wherever that is: a link to a file of whoever builds would be
 * published by whoever may propose one.
 * @param walls absolute folders that a link may lead within.
 * @throws AstroError where one leads out of all of them.
 */
export function ensurePublicStaysInside(publicDir: string, walls: readonly string[]): void {
  const tops = walls.map(realOf);
  const seen = new Set<string>();
  const out: string[] = [];
  visit(publicDir);
  if (out.length === 0) return;
  const [first = ''] = out;
  const more = out.length === 1 ? '' : `, and ${counted(out.length - 1, 'other')} with it`;
  throw configError(
    `\`${first}\` is a link that leads out of the repository${more}: Astro would publish what is there.`,
    'Copy the file to its place, or remove the link.',
  );

  function visit(folder: string): void {
    const real = realPath(folder);
    // A link that leads to nothing publishes nothing; one in circles has been here.
    if (real === undefined || seen.has(real)) return;
    if (!tops.some((top) => isInside(top, real))) return void out.push(folder);
    seen.add(real);
    if (!statSync(real).isDirectory()) return;
    for (const entry of readdirSync(real, { withFileTypes: true }))
      if (entry.isDirectory() || entry.isSymbolicLink()) visit(join(folder, entry.name));
  }
}
