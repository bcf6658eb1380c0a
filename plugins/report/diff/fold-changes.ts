import { addTo, stableStringify } from '../../base/index.ts';
import type { Change } from '../../engine/index.ts';
import { deployerOf } from './deployer-of.ts';

/**
 * What is told of many resources in the same words is told once: a label of all, what goes with an
 * deployer. In their order, by the first of each; what stands for most comes first.
 */
export function foldChanges(changes: readonly Change[]): Folded[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) addTo(groups, wordsOf(change), change);
  const folded = [...groups.values()].flatMap((all): Folded[] => {
    const [first] = all;
    return first === undefined ? [] : [{ first, all }];
  });
  const rank = ({ first }: Folded) => outcomes.indexOf(first.fate?.outcome ?? 'none');
  return folded.sort((a, b) => rank(a) - rank(b) || b.all.length - a.all.length);
}

/** What is told besides the name. */
function wordsOf(change: Change): string {
  const { action, about, base, head, fate, effects, fields, more, unknown, files } = change;
  const deployer = deployerOf(head ?? base);
  const values = fields.map(({ before, after }) => [before?.path, after?.path, before?.value, after?.value]);
  const folders = [change.folders, change.moreFolders, base?.folder ?? null, head?.folder ?? null];
  const own = { action, about, deployer, folders, fate, effects, unknown, more };
  switch (action) {
    case 'changed':
      return stableStringify({
        ...own,
        deployer: null,
        values,
        isMoved: base?.origin.file !== head?.origin.file,
        files,
      });
    case 'renamed':
      return stableStringify({ ...own, id: head?.id });
    case 'moved':
      return stableStringify({ ...own, files: [base?.origin.file, head?.origin.file] });
    // Whether it is in this folder or that: the words of what is not read name it.
    case 'unknown':
      return stableStringify({ action, unknown });
    default:
      return stableStringify(own);
  }
}

const outcomes = ['pruned', 'deleted', 'waits', 'unknown', 'stays', 'none'];

export interface Folded {
  first: Change;
  /** With it. */
  all: Change[];
}
