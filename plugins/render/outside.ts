/**
 * What is looked at beyond the files under the manifest roots: whoever keeps what was made of a repository
 * has to know that all of it is as it was.
 */
import { realpathSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { digestOf, entryAt, isInside, isTaken } from '../base/index.ts';
import { type Gathered, kustomizationNames, readRaw, type Sources } from '../source/index.ts';
import { filesBelow, namesIn, type Repository } from './repository-files.ts';

/** Notes what is asked of a repository, as far as its files do not say it already. */
export function watchOutside(
  repository: Repository,
  sources: Sources,
  { seen, isCovered }: Outside,
): Repository {
  const { root } = sources;
  const folders = foldersOf(sources.files.keys());
  const note = (question: Question, path: string, answer: Answer = answerTo(question, path, root)) => {
    seen.set(`${question} ${path}`, answer);
  };
  const isKnown = (path: string) =>
    sources.files.has(path) || repository.isOfOthers(path) || repository.isBorrowed(path);
  const file: Repository['file'] = (path) => {
    const found = repository.file(path);
    if (!isKnown(path) && !(found === undefined && isCovered(path))) note('file', path, found?.hash ?? null);
    return found;
  };
  return {
    ...repository,
    file,
    kustomizationIn(directory) {
      for (const name of kustomizationNames) {
        const found = file(posix.join(directory, name));
        if (found !== undefined) return found;
      }
      return undefined;
    },
    isDirectory(path) {
      if (!isKnown(path) && !folders.has(path)) note('folder', path);
      return repository.isDirectory(path);
    },
    exists(path) {
      if (!isKnown(path) && !folders.has(path)) note('taken', path);
      return repository.exists(path);
    },
    pathOf(path) {
      if (!isKnown(path)) note('file', path);
      return repository.pathOf(path);
    },
    hashOf(path) {
      if (!isKnown(path)) note('file', path);
      return repository.hashOf(path);
    },
    filesBelow(directory) {
      if (!repository.isOfOthers(directory) && !isCovered(directory)) note('below', directory);
      return repository.filesBelow(directory);
    },
    namesIn(directory) {
      note('names', directory);
      return repository.namesIn(directory);
    },
  };
}

/** @param gathered the files that are known. */
export function openOutside({ isCovered }: Gathered): Outside {
  return { seen: new Map(), isCovered };
}

/** True where everything beyond the files is as it was seen. */
export function isAsSeen(seen: Iterable<readonly [string, Answer]>, root: string): boolean {
  try {
    for (const [asked, answer] of seen) {
      const [question = '', path = ''] = splitOnce(asked);
      if (answerTo(question as Question, path, root) !== answer) return false;
    }
    return true;
  } catch {
    // What can no longer be listed.
    return false;
  }
}

function answerTo(question: Question, path: string, root: string): Answer {
  switch (question) {
    case 'file':
      return hashOf(path, root);
    case 'folder':
      return entryAt(join(root, path))?.isDirectory() ?? false;
    case 'taken':
      return isTaken(join(root, path));
    case 'below':
      return digestOf(JSON.stringify(filesBelow(root, path)));
    case 'names':
      return digestOf(JSON.stringify(namesIn(root, path)));
  }
}

/** As `readSourceFile` finds it. */
function hashOf(path: string, root: string): string | null {
  try {
    const real = realpathSync(join(root, path));
    if (!isInside(realpathSync(root), real) || !statSync(real).isFile()) return null;
    return readRaw(path, join(root, path)).hash;
  } catch {
    return null;
  }
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set(['.']);
  for (const path of paths)
    for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder))
      folders.add(folder);
  return folders;
}

function splitOnce(text: string): string[] {
  const at = text.indexOf(' ');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** A hash, whether something is there, or null where nothing is. */
type Answer = string | boolean | null;
type Question = 'file' | 'folder' | 'taken' | 'below' | 'names';

export interface Outside {
  /** What was asked, and the answer. */
  seen: Map<string, Answer>;
  /** True of a path whose files are all among those that are known. */
  isCovered(path: string): boolean;
}
