import { lstatSync, readdirSync, readFileSync, rmdirSync, rmSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  compareText,
  counted,
  entryAt,
  isInside,
  isTaken,
  makeFolder,
  realAsFar,
  realOf,
} from '../../plugins/base/index.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import { UsageError } from './exit-failure.ts';
import { writeWhole } from './write-output.ts';

/**
 * The folder that manifests are written into: one that is new, empty, or written by an earlier run, whose
 * list of files says what may be written over and removed. While a run writes, the list says `unfinished`, so
 * that what a killed one has left is taken for what it is.
 * @throws UsageError where it is any other, or where what is written would be read as manifests again.
 */
export function openFolder(path: string, platform: Platform): ManifestsFolder {
  refuseRead(path, platform);
  const entry = entryAt(path);
  if (entry === undefined ? isTaken(path) : !entry.isDirectory())
    throw new UsageError(`\`${path}\` is no folder`, 'name a folder, or one that is not there yet');
  const listed = entry === undefined ? [] : listOf(path);
  return {
    async write(files, isAll) {
      const folders = new Set([...files.keys()].map(dirname));
      const gone = listed.filter((file) => !files.has(file) && (isAll || folders.has(dirname(file))));
      const kept = listed.filter((file) => !files.has(file) && !gone.includes(file));
      for (const file of [...files.keys(), ...gone]) refuseOther(path, file, listed);
      makeFolder(path);
      const after = [...files.keys(), ...kept];
      await writeList(path, [...after, ...gone], 'unfinished');
      let written = 0;
      for (const [file, text] of files) if (await writeChanged(join(path, file), text)) written += 1;
      for (const file of gone) remove(path, file);
      await writeList(path, after, 'finished');
      return `${path}: ${counted(files.size, 'manifest')}, ${written} written, ${gone.length} removed`;
    },
  };
}

/** What is written there would be a part of the platform, and a second time so in the next run. */
function refuseRead(path: string, { config }: Platform): void {
  const real = realAsFar(path);
  const layers = [...config.layers.bootstrap, ...config.layers.gitops];
  const layer = layers.find((folder) => isInside(realOf(join(config.root, folder)), real));
  if (layer !== undefined)
    throw new UsageError(
      `\`${path}\` lies where manifests are read (${layer === '.' ? 'the whole repository' : `\`${layer}\``})`,
      'name a folder outside of it, or let `layers` in plumbline.yaml name the folders that are read',
    );
}

/** The files that an earlier run has written. */
function listOf(path: string): string[] {
  const entries = readdirSync(path).filter((name) => name !== '.git' && !/^\.plumbline-\d/.test(name));
  if (entries.length === 0) return [];
  const lines = entries.includes(listName) ? readPlain(join(path, listName)).split('\n') : [];
  const files = lines.slice(2, -1);
  // A list is data of whoever wrote it: it may name nothing but what we write.
  if (!lines[0]?.startsWith(heading) || !files.every((file) => ours.test(file))) {
    const others = entries.filter((name) => name !== listName).sort(compareText);
    throw new UsageError(
      `\`${path}\` holds what \`plumbline manifests\` did not write${others[0] === undefined ? '' : `: \`${others[0]}\``}`,
      'name a folder that is empty, or not there yet',
    );
  }
  return files;
}

function readPlain(path: string): string {
  return lstatSync(path).isFile() ? readFileSync(path, 'utf8') : '';
}

/** Nothing is followed out of the folder, and nothing of others is written over. */
function refuseOther(path: string, file: string, listed: readonly string[]): void {
  const folder = join(path, dirname(file));
  const entry = statOf(join(path, file));
  const isOther = entry !== undefined && !(entry.isFile() && listed.includes(file));
  if (statOf(folder)?.isDirectory() !== false && !isOther) return;
  throw new UsageError(
    `\`${file}\` in \`${path}\` was not written by \`plumbline manifests\``,
    'remove it, or name another folder',
  );
}

function statOf(path: string): Stats | undefined {
  return isTaken(path) ? lstatSync(path) : undefined;
}

async function writeChanged(path: string, text: string): Promise<boolean> {
  if (isTaken(path) && readFileSync(path, 'utf8') === text) return false;
  makeFolder(dirname(path));
  await writeWhole(path, text);
  return true;
}

function remove(path: string, file: string): void {
  rmSync(join(path, file), { force: true });
  const folder = join(path, dirname(file));
  if (entryAt(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

function writeList(path: string, files: readonly string[], state: 'unfinished' | 'finished'): Promise<void> {
  const lines = [...new Set(files)].sort(compareText);
  return writeWhole(join(path, listName), `${[`${heading}.`, state, ...lines].join('\n')}\n`);
}

const listName = '.plumbline-manifests';
const heading =
  '# Written by `plumbline manifests`, as are the files that follow: the next run writes over them and removes them';
const ours = /^[a-z0-9][a-z0-9._-]*\/manifest\.yaml$/;

export interface ManifestsFolder {
  /**
   * Writes these texts by their paths, and says what it did.
   * @param isAll whether files of others that are listed go, too.
   */
  write(files: ReadonlyMap<string, string>, isAll: boolean): Promise<string>;
}
