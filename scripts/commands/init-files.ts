import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { entryAt, isInside, isTaken, makeFolder, realOf } from '../../plugins/base/index.ts';
import type { InitFile, InitPlan } from './init-plan.ts';

/** Writes what is planned and not there yet, and says of each file what became of it. */
export async function writeFiles(
  { root, found, files, advice }: InitPlan,
  isDry: boolean,
): Promise<string[]> {
  const lines = found.map(([word, text]) => `${word.padEnd(12)}${text}`);
  const done: string[] = [];
  const width = Math.max(...files.map(({ file }) => file.length)) + 2;
  for (const one of files) {
    const refused = one.text === null ? one.what : refusal(root, one.file);
    const word = refused !== null ? 'kept' : isDry ? 'would write' : 'wrote';
    if (refused === null && !isDry) await write(root, one);
    done.push(`${word.padEnd(12)}${one.file.padEnd(width)}${refused ?? one.what}`);
  }
  const texts = isDry
    ? files.flatMap(({ file, text }) =>
        text !== null && refusal(root, file) === null ? ['', `--- ${file}`, text.trimEnd()] : [],
      )
    : [];
  return [...lines, ...done, ...advice, ...texts];
}

async function write(root: string, { file, text }: InitFile): Promise<void> {
  const path = resolve(root, file);
  makeFolder(dirname(path));
  // `x`: what came into being meanwhile is somebody's.
  await writeFile(path, text ?? '', { flag: 'wx' });
}

/**
 * Why a file is not to be written; null where it may. What is there is never written over, and a link is no
 * way out.
 */
function refusal(root: string, file: string): string | null {
  const path = resolve(root, file);
  if (isTaken(path)) return 'it is there already';
  let folder = dirname(path);
  while (entryAt(folder) === undefined) folder = dirname(folder);
  return isInside(realOf(root), realOf(folder)) ? null : 'its folder leads out of the root';
}
