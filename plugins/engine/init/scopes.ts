import type { Model } from '../../model/index.ts';
import type { Engine } from '../engine.ts';
import { isPlain } from './proposals/proposal.ts';

/**
 * Parts of the platform that can still be spoken of where something that is not read leaves the whole open:
 * folders of which everything is known, none of which lies in another, then stacks, of which at least the
 * applications may be known. Of each a few, those with the most objects first.
 */
export function scopesOf({ platform: { model }, query }: Engine): Scope[] {
  const known: Scope[] = [];
  for (const scope of foldersOf(model).slice(0, mostLooks)) {
    if (known.length === mostScopes) break;
    if (known.some(({ folder }) => folder !== null && scope.folder?.startsWith(`${folder}/`))) continue;
    if (query.reach.joining('resource', { tests: [scope.of] }).length === 0) known.push(scope);
  }
  return [...known, ...stacksOf(model).slice(0, mostScopes)];
}

function foldersOf({ resources }: Model): Scope[] {
  const numbers = new Map<string, number>();
  for (const { origin } of resources) {
    const parts = origin.file.split('/').slice(0, -1);
    for (let depth = 1; depth <= Math.min(deepest, parts.length); depth++) {
      const folder = parts.slice(0, depth).join('/');
      numbers.set(folder, (numbers.get(folder) ?? 0) + 1);
    }
  }
  return largestFirst(numbers)
    .filter((folder) => /^[\w][\w./-]*$/.test(folder))
    .map((folder) => ({
      of: `glob(file, '${folder}/**')`,
      words: `Under \`${folder}\``,
      folder,
      holds: ({ origin }) => origin.file.startsWith(`${folder}/`),
    }));
}

function stacksOf({ resources }: Model): Scope[] {
  const numbers = new Map<string, number>();
  for (const { stack } of resources) if (stack !== null) numbers.set(stack, (numbers.get(stack) ?? 0) + 1);
  return largestFirst(numbers)
    .filter(isPlain)
    .map((name) => ({
      of: `stack == '${name}'`,
      words: `In the stack \`${name}\``,
      folder: null,
      holds: ({ stack }) => stack === name,
    }));
}

function largestFirst(numbers: ReadonlyMap<string, number>): string[] {
  return [...numbers]
    .filter(([, number]) => number >= leastObjects)
    .toSorted((a, b) => b[1] - a[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1))
    .map(([name]) => name);
}

const deepest = 3;
const leastObjects = 3;
const mostLooks = 40;
const mostScopes = 4;

/** A part of the platform that a sentence may speak of. */
export interface Scope {
  /** CEL: what a person edits of it. */
  of: string;
  /** How a sentence about it begins. */
  words: string;
  /** Where it is a folder. */
  folder: string | null;
  holds(one: { origin: { file: string }; stack: string | null }): boolean;
}
