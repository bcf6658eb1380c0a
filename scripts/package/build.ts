import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeDigests, codeDigestsName } from '../../plugins/base/index.ts';
import { bundle } from './bundle.ts';
import { declare } from './declare.ts';
import { type OwnManifest, publishedManifest } from './manifest.ts';

/**
 * Writes the package into a folder: our modules as JavaScript, in few files, the types of what is exported,
 * and the files that are no modules, at the places where they lie in the checkout.
 */
export async function buildPackage(root: string, target: string): Promise<void> {
  rmSync(target, { recursive: true, force: true });
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as OwnManifest;
  const entries = Object.values(own.exports).filter((path) => path.endsWith('.ts'));
  const manifest = publishedManifest(own, process.env);
  await Promise.all([bundle(root, target, manifest), declare(root, target, entries)]);
  for (const file of globSync(assets, { cwd: root })) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    if (file.endsWith('.astro')) writeFileSync(join(target, file), compiledImports(join(root, file)));
    else copyFileSync(join(root, file), join(target, file));
  }
  writeJson(join(target, 'plugins', codeDigestsName), codeDigests(join(root, 'plugins')));
  writeJson(join(target, 'package.json'), manifest);
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** A component, which Astro compiles in the site, with the names that our modules have in the package. */
function compiledImports(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/(\bfrom '\.[^']*)\.ts'/g, "$1.js'");
}

/** What is no module: styles, components, examples of rules; and what a reader of the package looks for. */
const assets = [
  'plugins/**/*.{css,astro,txt}',
  'plumbline.schema.json',
  'plumbline-diff.schema.json',
  'ci/gitlab.yml',
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'LICENSE',
];
