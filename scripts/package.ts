/**
 * `npm run package`: makes the package that is published, in `build/package`, and its tarball beside it,
 * whose path is printed. Nothing is published from the checkout itself: it runs as TypeScript, which Node
 * refuses under `node_modules`.
 */
import { join } from 'node:path';
import { buildPackage } from './package/build.ts';
import { pack } from './package/pack.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'build/package');
await buildPackage(root, folder);
process.stdout.write(`${pack(folder, join(root, 'build'))}\n`);
