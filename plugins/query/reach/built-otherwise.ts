import { posix } from 'node:path';
import { compareText, isObject, type JsonValue, oncePer } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import { type Making, makingsOf, type Platform } from '../../platform/index.ts';

/**
 * What other kustomizations make otherwise of the same document, each perhaps for another cluster, by the id
 * of the resource that stands for all of them: nothing says which of them is applied.
 */
export const builtOtherwise = oncePer((platform: Platform): ReadonlyMap<string, Otherwise[]> => {
  const found = new Map<string, Otherwise[]>();
  const applied = new Set(platform.config.deploy?.map(({ path }) => path));
  for (const [id, makings] of makingsOf(platform)) {
    const known = platform.resource(id);
    // What deploys its own folder is deployed by nobody else.
    if (known === undefined || (known.deployer !== null && known.deployer !== id)) continue;
    const told =
      makings.find(({ isHeld }) => isHeld) ??
      makings.find(({ resource }) => JSON.stringify(resource.rendered) === JSON.stringify(known.rendered));
    const instead = told?.directory ?? posix.dirname(known.origin.via[0]?.file ?? known.origin.file);
    // Beside what is applied others count only where they are applied, too: each to another cluster.
    const isApplied = applied.has(instead);
    const others = makings
      .filter((one) => one !== told && (!isApplied || applied.has(one.directory)))
      .flatMap((one) => otherwise(known, { instead, isApplied }, one));
    if (others.length > 0) found.set(id, others);
  }
  return found;
});

/** Kustomizations of which nothing says which is applied, and how many things they make differently. */
export function differingOverlays(platform: Platform): { folders: string[]; things: number } {
  const makings = [...builtOtherwise(platform).values()].flat().filter(({ isApplied }) => !isApplied);
  const folders = new Set(makings.flatMap(({ directory, instead }) => [directory, instead]));
  return {
    folders: [...folders].toSorted(compareText),
    things: new Set(makings.map(({ known }) => known)).size,
  };
}

function otherwise(
  known: Resource,
  told: Pick<Otherwise, 'instead' | 'isApplied'>,
  other: Making,
): Otherwise[] {
  // What lands in another namespace is another thing.
  if (other.isHeld || other.resource.namespace !== known.namespace) return [];
  const paths = differences(known.rendered, other.resource.rendered);
  return paths.length === 0
    ? []
    : [{ paths, directory: other.directory, ...told, known, other: other.resource }];
}

/** The keys that lead to what two values do not have in common; lists are compared as a whole. */
function differences(a: JsonValue | undefined, b: JsonValue | undefined, depth = 0): string[][] {
  if (!isObject(a) || !isObject(b) || depth >= deepest)
    return JSON.stringify(a) === JSON.stringify(b) ? [] : [[]];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differences(a[key], b[key], depth + 1).map((path) => [key, ...path]),
  );
}

const deepest = 8;

export interface Otherwise {
  /** Keys that lead to what is otherwise. */
  paths: string[][];
  /** That makes it so, */
  directory: string;
  /** and the one whose making is told. */
  instead: string;
  /** Whether the configuration says that both are applied. */
  isApplied: boolean;
  known: Resource;
  other: Resource;
}
