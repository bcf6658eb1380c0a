import { type JsonObject, stableStringify } from '../../../base/index.ts';
import { type Expansion, expandApplicationSet } from './application-sets.ts';
import type { SetContext } from './generators.ts';
import type { Limits } from './room.ts';

/**
 * What a set gives, as it was found before in this process where the set and the paths of all files are the
 * very same and all that it asked for is answered as it was: its Applications are the very same then, too.
 * One that asks for another repository, or for more than there is room for, is expanded anew each time.
 */
export function keptExpansion(set: JsonObject, context: SetContext): Expansion {
  const before = kept.get(set);
  const parts = partsOf(context);
  if (
    before?.parts.every((part, index) => part === parts[index]) &&
    before.asked.every((ask) => ask(context)) &&
    context.room.takeAll(before.taken)
  )
    return before.expansion;
  const { watched, asked, taken, isAll } = watch(context);
  const expansion = expandApplicationSet(set, watched);
  if (isAll()) kept.set(set, { parts, asked, taken, expansion });
  else kept.delete(set);
  return expansion;
}

const kept = new WeakMap<JsonObject, Kept>();

function partsOf({ directories, files, fileGlobs, fixtures }: SetContext): unknown[] {
  return [directories, files, fileGlobs, stableStringify(fixtures)];
}

/** Notes what else is asked for, and whether that is all. */
function watch(context: SetContext): Watched {
  const asked: Kept['asked'] = [];
  let isAll = true;
  const taken: Kept['taken'] = { applications: 0, objects: 0, rows: 0, work: 0 };
  const take = (kind: keyof Kept['taken'], count: number, why: string | null) => {
    taken[kind] += count;
    isAll &&= why === null;
    return why;
  };
  const { room } = context;
  const watched: SetContext = {
    ...context,
    textOf(file) {
      const text = context.textOf(file);
      asked.push((now) => now.textOf(file) === text);
      return text;
    },
    isLocal(url, exists) {
      let isThere: boolean | undefined;
      const answer = context.isLocal(url, () => {
        isThere = exists();
        return isThere;
      });
      const known = isThere;
      asked.push((now) => {
        let isNew = false;
        const again = now.isLocal(url, () => {
          isNew = known === undefined;
          return known ?? false;
        });
        return again === answer && !isNew;
      });
      return answer;
    },
    covers(path) {
      const answer = context.covers(path);
      asked.push((now) => now.covers(path) === answer);
      return answer;
    },
    across(tree) {
      isAll = false;
      return context.across(tree);
    },
    room: {
      ...room,
      takeRows: (count) => take('rows', count, room.takeRows(count)),
      takeApplications: (count) => take('applications', count, room.takeApplications(count)),
      takeObjects: (count) => take('objects', count, room.takeObjects(count)),
      takeWork: (steps) => take('work', steps, room.takeWork(steps)),
    },
  };
  return { watched, asked, taken, isAll: () => isAll };
}

interface Watched extends Pick<Kept, 'asked' | 'taken'> {
  watched: SetContext;
  isAll(): boolean;
}

interface Kept {
  parts: unknown[];
  /** Whether each thing that was asked for is answered as it was. */
  asked: ((context: SetContext) => boolean)[];
  /** Of the room that all sets have. */
  taken: Limits;
  expansion: Expansion;
}
