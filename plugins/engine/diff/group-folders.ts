/** What becomes of an object alike in several folders → one change. */
import { compareText, type JsonValue, stableStringify } from '../../base/index.ts';
import { pathText } from '../../model/index.ts';
import type { Difference } from './compare-values.ts';
import type { Made } from './made.ts';
import type { Action, Change, Effect, Fate } from './types.ts';

/**
 * Everything that is told of it, but for where: overlays that each write the same new value are told
 * together.
 */
export function keyOf(
  { action, differences, told, unknown }: Compared,
  one: Made | null,
  other: Made | null,
  fate: Fate | null,
): string {
  const name = (made: Made | null): JsonValue =>
    made && [made.resource.namespace, made.resource.name, made.resource.origin.file];
  const side = (leaf: Difference['before']): JsonValue => leaf && [pathText(leaf.path), leaf.value];
  const { group, kind } = (other ?? one)?.resource ?? {};
  const isMoved = one !== null && other !== null && one.folder !== other.folder;
  return stableStringify([
    [action, group ?? '', kind ?? '', name(one), name(other)],
    differences.map(({ before, after }) => [side(before), side(after)]),
    told.flatMap(({ what, before, after }) => (ownEffects.has(what) ? [[what, before, after]] : [])),
    [fate && [fate.outcome, fate.because], unknown, isMoved ? [one.folder, other.folder] : null],
  ]);
}

/** One that something deploys is told for itself, and stands for what is the same in folders. */
export function openGroups() {
  const groups = new Map<string, Change>();
  return {
    of(key: string, folder: string | null) {
      return {
        change: folder === null ? undefined : groups.get(key),
        keep(change: Change) {
          if (!groups.has(key)) groups.set(key, change);
        },
      };
    },
  };
}

/** Adds a folder in which the same is to be told, and the files that make it so there. */
export function addFolder(change: Change, folder: string | null, files: readonly string[]): void {
  if (folder === null || change.folders.includes(folder)) return;
  if (change.folders.length >= maxFolders) {
    change.moreFolders += 1;
    return;
  }
  change.folders = [...change.folders, folder].sort(compareText);
  change.files = [...new Set([...change.files, ...files])].sort(compareText);
}

/** What a copy can have as well; what else is known is known of what the model holds. */
const ownEffects = new Set<Effect['what']>(['application', 'kustomization', 'helmRelease', 'wave']);
const maxFolders = 100;

/** What is told of a pair. */
export interface Compared {
  action: Action;
  differences: Difference[];
  told: Effect[];
  unknown: string[];
}
