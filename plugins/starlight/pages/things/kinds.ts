import type { Resource } from '../../../model/index.ts';
import type { ThingKind } from './thing.ts';

/**
 * A kind a row; the first that a resource is of is meant. What they tell is taken from the explanation, where
 * facts and commands of a kind are made (`engine/explain/kinds`).
 */
const kinds: readonly ThingKind[] = [];

/** The kind of page that a resource has; of most kinds it is that of every resource. */
export function thingKindOf(resource: Resource): ThingKind {
  return kinds.find((one) => one.is(resource)) ?? anyKind;
}

const anyKind: ThingKind = { is: () => true, sections: () => [] };
