/**
 * Globs over a list of files, in the order in which doublestar v4's FilepathGlob finds them: a folder's own
 * files before its sub-folders.
 */
import { compareText } from '../../../base/index.ts';
import { pathMatch } from '../projects/gobwas-glob.ts';

/**
 * Files that the pattern names. `*` stays in one segment, a segment `**` stands for any number of them,
 * `{a,b}` for either.
 */
export function doublestarFiles(pattern: string, files: Iterable<string>): string[] {
  const folders = foldersOf(files);
  const found = new Set<string>();
  for (const alternative of alternatives(pattern)) collect(alternative.split('/'), folders, found);
  return [...found];
}

function collect(
  segments: readonly string[],
  folders: ReadonlyMap<string, Folder>,
  found: Set<string>,
): void {
  // A folder that several ways of reading `**` lead to is looked at once.
  const seen = new Set<string>();
  visit('', 0);

  function visit(folder: string, index: number): void {
    const key = `${index} ${folder}`;
    const here = folders.get(folder);
    const segment = segments[index];
    if (seen.has(key) || !here || segment === undefined) return;
    seen.add(key);
    const path = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
    const last = index === segments.length - 1;
    if (segment === '**') {
      if (last) for (const name of here.files) found.add(path(name));
      else visit(folder, index + 1);
      for (const name of here.folders) visit(path(name), index);
      return;
    }
    const matches = pathMatch(segment.replaceAll('[!', '[^'));
    if (last) for (const name of here.files.filter(matches)) found.add(path(name));
    else for (const name of here.folders.filter(matches)) visit(path(name), index + 1);
  }
}

/**
 * Every reading of the braces; a pattern with too many, or with braces that do not close, is taken as it is.
 */
function alternatives(pattern: string): string[] {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const brace = outerBrace(next);
    if (!brace) done.push(next);
    else for (const part of brace.parts.toReversed()) open.push(brace.before + part + brace.after);
    if (open.length + done.length > 1000) return [pattern];
  }
  return done;
}

function outerBrace(pattern: string): { before: string; parts: string[]; after: string } | null {
  let depth = 0;
  let start = 0;
  const cuts: number[] = [];
  for (let index = 0; index < pattern.length; index += 1) {
    const char = pattern[index];
    if (char === '\\') index += 1;
    else if (char === '{' && depth++ === 0) start = index;
    else if (char === ',' && depth === 1) cuts.push(index);
    else if (char === '}' && depth > 0 && --depth === 0) {
      const edges = [start, ...cuts, index];
      const parts = edges.slice(1).map((edge, part) => pattern.slice((edges[part] ?? 0) + 1, edge));
      return { before: pattern.slice(0, start), parts, after: pattern.slice(index + 1) };
    }
  }
  return null;
}

function foldersOf(files: Iterable<string>): Map<string, Folder> {
  const folders = new Map<string, Folder>([['', { files: [], folders: [] }]]);
  for (const file of [...new Set(files)].sort(compareText)) {
    const parts = file.split('/');
    const name = parts.pop() ?? '';
    let path = '';
    for (const part of parts) {
      const below = path === '' ? part : `${path}/${part}`;
      if (!folders.has(below)) {
        folders.set(below, { files: [], folders: [] });
        folders.get(path)?.folders.push(part);
      }
      path = below;
    }
    folders.get(path)?.files.push(name);
  }
  for (const folder of folders.values()) folder.folders.sort(compareText);
  return folders;
}

interface Folder {
  files: string[];
  folders: string[];
}
