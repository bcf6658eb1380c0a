import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareText, isInside, realPath } from '../base/index.ts';

/**
 * Every regular file under the folders, by path relative to the root, in bytewise order. `.git` and
 * `node_modules` are left out. A symbolic link is followed only to what lies inside the root; a linked folder
 * only from outside itself, and not from within another linked folder, so that no set of links makes the walk
 * endless.
 */
export function walk(root: string, folders: string[], skip: ReadonlySet<string>): Walked {
  const walked: Walked = { files: [], refused: [] };
  const top = realpathSync(root);
  const seen = new Set<string>();
  for (const folder of folders) visit(folder === '.' ? '' : folder, false);
  walked.files.sort(compareText);
  return walked;

  function visit(folder: string, linked: boolean): void {
    if (seen.has(folder) || skip.has(folder)) return;
    seen.add(folder);
    for (const entry of list(folder)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== '.git' && entry.name !== 'node_modules') visit(path, linked);
      } else if (entry.isFile()) add(path);
      else if (entry.isSymbolicLink()) follow(path, folder, linked);
      else walked.refused.push({ path, why: 'is no file' });
    }
  }

  function follow(path: string, folder: string, linked: boolean): void {
    const target = realPath(join(root, path));
    if (target === undefined) return void walked.refused.push({ path, why: 'points to nothing' });
    if (!isInside(top, target) || /[/\\](\.git|node_modules)([/\\]|$)/.test(target.slice(top.length)))
      return void walked.refused.push({ path, why: 'points outside the repository' });
    const entry = statSync(target);
    if (entry.isFile()) add(path);
    else if (!entry.isDirectory()) walked.refused.push({ path, why: 'points to something that is no file' });
    else if (isInside(target, realpathSync(join(root, folder))))
      walked.refused.push({ path, why: 'points to a folder that holds it' });
    else if (linked) walked.refused.push({ path, why: 'is a linked folder inside a linked folder' });
    else visit(path, true);
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

export interface Walked {
  files: string[];
  /** Links that were not followed. */
  refused: { path: string; why: string }[];
}
