import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareText, isInside, realPath } from '../base/index.ts';

/**
 * Every regular file under the folders, by path relative to the root, in bytewise order. `.git` and
 * `node_modules` are left out. A symbolic link is followed only to what lies inside the root, as Git and
 * kustomize follow it: a linked folder only from where it does not hold the way that leads there, and linked
 * folders in linked ones only so many, so that no set of links makes the walk endless.
 */
export function walk(root: string, folders: string[], skip: ReadonlySet<string>): Walked {
  const walked: Walked = { files: [], refused: [], isLinked: false };
  const top = realpathSync(root);
  const seen = new Set<string>();
  let nested = 0;
  for (const folder of folders) visit(folder === '.' ? '' : folder, []);
  walked.files.sort(compareText);
  return walked;

  /** @param way the folders that hold the links which lead here. */
  function visit(folder: string, way: readonly string[]): void {
    if (seen.has(folder) || skip.has(folder)) return;
    seen.add(folder);
    for (const entry of list(folder)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== '.git' && entry.name !== 'node_modules') visit(path, way);
      } else if (entry.isFile()) add(path);
      else if (entry.isSymbolicLink()) follow(path, folder, way);
      else walked.refused.push({ path, why: 'is no file' });
    }
  }

  function follow(path: string, folder: string, way: readonly string[]): void {
    walked.isLinked = true;
    const target = realPath(join(root, path));
    if (target === undefined) return void walked.refused.push({ path, why: 'points to nothing' });
    if (!isInside(top, target) || /[/\\](\.git|node_modules)([/\\]|$)/.test(target.slice(top.length)))
      return void walked.refused.push({ path, why: 'points outside the repository' });
    const entry = statSync(target);
    if (entry.isFile()) add(path);
    else if (!entry.isDirectory()) walked.refused.push({ path, why: 'points to something that is no file' });
    else {
      const through = [...way, realpathSync(join(root, folder))];
      if (through.some((one) => isInside(target, one)))
        walked.refused.push({ path, why: 'points to a folder that holds it' });
      else if (way.length === 0 || ++nested <= mostNested) visit(path, through);
      else if (nested === mostNested + 1)
        walked.refused.push({
          path,
          why: `is one of more than ${mostNested} folders linked into linked ones`,
        });
    }
  }

  function list(folder: string): Dirent[] {
    try {
      const entries = readdirSync(join(root, folder), { withFileTypes: true });
      return entries.sort((a, b) => compareText(a.name, b.name));
    } catch {
      walked.refused.push({ path: folder, why: 'cannot be listed' });
      return [];
    }
  }

  function add(path: string): void {
    if (seen.has(path)) return;
    seen.add(path);
    walked.files.push(path);
  }
}

const mostNested = 1000;

export interface Walked {
  files: string[];
  /** Links that were not followed. */
  refused: { path: string; why: string }[];
  /** Whether there was a link. */
  isLinked: boolean;
}
