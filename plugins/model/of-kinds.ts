/** The few objects of a platform that are of some kinds, without a look at all of them. */
import { type JsonObject, oncePer } from '../base/index.ts';

/**
 * Kind by kind in the order of the lists; what is in a list is found once, as most are the same in the next
 * read.
 */
export function* ofKinds<One extends Valued>(
  lists: readonly (readonly One[])[],
  kinds: Iterable<string>,
): Generator<One> {
  for (const kind of kinds) for (const list of lists) yield* (byKind(list).get(kind) ?? []) as One[];
}

const byKind = oncePer((list: readonly Valued[]) => Map.groupBy(list, ({ value }) => value.kind));

interface Valued {
  value: JsonObject;
}
