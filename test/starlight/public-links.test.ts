import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensurePublicStaysInside } from '../../plugins/starlight/site/public-links.ts';
import { tree } from '../source/tree.ts';

test('a link of public/ that leads out of the repository ends a build, and no other does', () => {
  const elsewhere = tree({ 'secret.txt': 'x', 'more/a.txt': 'x' });
  const root = tree({
    'assets/logo.svg': '<svg/>',
    'public/logo.svg': '-> ../assets/logo.svg',
    'public/round': '-> .',
    'public/nowhere': '-> gone.txt',
    'public/folder/plain.txt': 'x',
  });
  const look = (walls = [root]) => ensurePublicStaysInside(join(root, 'public'), walls);
  expect(() => look()).not.toThrow();
  expect(() => ensurePublicStaysInside(join(root, 'none'), [root])).not.toThrow();
  const planted = tree({
    'public/a/passwd': `-> ${join(elsewhere, 'secret.txt')}`,
    'public/b': `-> ${join(elsewhere, 'more')}`,
  });
  const plant = (walls: string[]) => ensurePublicStaysInside(join(planted, 'public'), walls);
  expect(() => plant([planted])).toThrow(
    /^`.*public\/a\/passwd` is a link that leads out of the repository, and 1 other with it: Astro would publish what is there\.$/,
  );
  expect(() => plant([planted, elsewhere])).not.toThrow();
});
