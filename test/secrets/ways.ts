import { addresses } from './ways/addresses.ts';
import { broken } from './ways/broken.ts';
import { charts } from './ways/charts.ts';
import { copies } from './ways/copies.ts';
import { documents } from './ways/documents.ts';
import { files } from './ways/files.ts';
import { generators } from './ways/generators.ts';
import { lists } from './ways/lists.ts';
import { operators } from './ways/operators.ts';
import { patches } from './ways/patches.ts';

/**
 * Ways to hold a Secret by their names: the files of a folder, with `N` for the value, `E` for it in Base64,
 * `EE` twice so, `NAME` for a name that is this way's alone and `HERE` for its folder.
 */
export type Ways = Record<string, Record<string, string>>;

const families: Record<string, Ways> = {
  documents,
  lists,
  broken,
  generators,
  patches,
  copies,
  charts,
  operators,
  files,
  addresses,
};

/** Every way with its value planted. */
export const planted: Planted[] = Object.entries(families)
  .flatMap(([family, ways]) => Object.entries(ways).map(([way, given]) => ({ family, way, given })))
  .map(({ family, way, given }, index) => {
    const name = `way-${index}`;
    const folder = `K8s/${family}/${name}`;
    const filled = Object.entries(given).map(([path, text]) => [
      `${folder}/${path}`,
      fill(text, index, name, folder),
    ]);
    return { family, way: `${family}: ${way}`, index, name, folder, files: Object.fromEntries(filled) };
  });

/** The files of a way with another value, of which the same is looked for. */
export function changed({ index, files }: Planted): Record<string, string> {
  const value = plantedValue(index);
  const other = `${value.slice(4)}Q`;
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const forms: ((text: string) => string)[] = [(text) => text, encoded, (text) => encoded(encoded(text))];
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      forms.reduce((before, form) => before.replaceAll(form(value), form(other)), text),
    ]),
  );
}

/**
 * The ways of which a value, or eight characters of one, stands in a text: as it is, backwards, or in Base64
 * whatever stands beside it.
 */
export function leaksIn(text: string): string[] {
  const found = new Set<number>();
  for (const form of [text, backwards(text)]) lookIn(form, found);
  return planted.filter(({ index }) => found.has(index)).map(({ way }) => way);
}

/** Whole megabytes of text are turned as bytes, as a list of their characters took most of the search. */
function backwards(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().reverse().toString('utf16le');
}

/** Values repeat four characters, so that any eight of them in a row show whose they are. */
function plantedValue(index: number): string {
  return `Zq${index.toString(36).padStart(2, '0')}`.repeat(5);
}

function fill(text: string, index: number, name: string, folder: string): string {
  const encoded = (value: string) => Buffer.from(value).toString('base64');
  const value = plantedValue(index);
  return text
    .replaceAll(/\bNAME\b/g, name)
    .replaceAll(/\bHERE\b/g, folder)
    .replaceAll(/\bEE\b/g, encoded(encoded(value)))
    .replaceAll(/\bE\b/g, encoded(value))
    .replaceAll(/\bN(?=2?\b)/g, value);
}

function lookIn(text: string, found: Set<number>, depth = 0): void {
  // Any eight of its characters hold `Zq`, which is quickly looked for.
  for (let at = text.indexOf('Zq'); at >= 0; at = text.indexOf('Zq', at + 1))
    for (const [, one, two, three, a, b] of text.slice(Math.max(0, at - 6), at + 8).matchAll(eight))
      found.add(Number.parseInt(one ?? two ?? three ?? `${b}${a}`, 36));
  if (depth === 2) return;
  for (const run of new Set(text.match(/[A-Za-z0-9+/]{11,}/g)))
    for (const index of inBase64(run, depth)) found.add(index);
}

/** What is found in what may be Base64; the same words, names and digests stand in most of the texts. */
function inBase64(run: string, depth: number): Set<number> {
  const known = decoded[depth]?.get(run);
  if (known !== undefined) return known;
  const found = new Set<number>();
  for (let from = 0; from < 4; from += 1)
    lookIn(Buffer.from(run.slice(from), 'base64').toString('latin1'), found, depth + 1);
  decoded[depth]?.set(run, found);
  return found;
}

/** By how often what they stand in was decoded already. */
const decoded = [new Map<string, Set<number>>(), new Map<string, Set<number>>()];

const eight = /(?=Zq(\w\w)Zq\1|q(\w\w)Zq\2Z|(\w\w)Zq\3Zq|(\w)Zq(\w)\4Zq\5)/g;

export interface Planted {
  family: string;
  way: string;
  index: number;
  /** Of its resources, and of its folder. */
  name: string;
  folder: string;
  files: Record<string, string>;
}
