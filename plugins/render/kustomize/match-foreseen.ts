import { isObject, type JsonObject, textAt } from '../../base/index.ts';
import type { Traced } from './engine-annotations.ts';
import type { Foreseen } from './foresee.ts';
import type { EngineObject } from './output.ts';
import { groupOf } from './patches.ts';

/**
 * What was foreseen of the objects of an output without annotations, in their order.
 * @returns null where it is not certain of each which of them it is, or where the annotations would have
 * changed it.
 */
export function matchForeseen(
  objects: readonly EngineObject[],
  foreseen: readonly Foreseen[],
): Traced[] | null {
  const byKind = new Map<string, Foreseen[]>();
  for (const one of foreseen) {
    for (const group of one.groups) {
      const key = kindKey(group, one.kind);
      const others = byKind.get(key);
      if (others === undefined) byKind.set(key, [one]);
      else others.push(one);
    }
  }
  const taken = new Set<Foreseen>();
  const matched: Traced[] = [];
  for (const { value } of objects) {
    if (!hasPlainAnnotations(value)) return null;
    const ofKind = byKind.get(kindKey(groupOf(value), textAt(value, 'kind') ?? '')) ?? [];
    const [one, another] = ofKind.filter((candidate) => isSame(value, candidate));
    if (one === undefined || another !== undefined || taken.has(one)) return null;
    taken.add(one);
    const { path, generator, generatorKind, touched } = one;
    matched.push({ path, generator, generatorKind, touched });
  }
  return matched;
}

function kindKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}

function isSame(value: JsonObject, { names, hashed, namespaces }: Foreseen): boolean {
  const own = textAt(value, 'metadata', 'name') ?? '';
  const isNamed = names.has(own) || (hashed && hash.test(own) && names.has(own.replace(hash, '')));
  return isNamed && namespaces.has(textAt(value, 'metadata', 'namespace'));
}

/** kustomize makes texts of what it annotates: of other types, and of dates, which it writes as times. */
function hasPlainAnnotations({ metadata }: JsonObject): boolean {
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  if (annotations === undefined) return true;
  return (
    isObject(annotations) &&
    Object.values(annotations).every((text) => typeof text === 'string' && !date.test(text))
  );
}

const hash = /-[a-z0-9]{10}$/;
const date = /^\d{4}-\d{1,2}-\d{1,2}/;
