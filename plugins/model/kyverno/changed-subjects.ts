/** Objects as policies judge them: after the policies that change them. */
import { compareText } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import type { Policy, Resource } from '../types.ts';
import type { EnvironmentOf } from './environment.ts';
import { type Effect, effectsOf } from './evaluate/effects.ts';
import { subjectOf } from './evaluate/subject.ts';
import type { Subject } from './evaluate/types.ts';

/**
 * What becomes of a subject, each worked out once: all policies that select it change it one after another,
 * by their names.
 * @param acts whether a policy looks at the resource at all: both are of one cluster, and no filter is
 * between.
 */
export function createChanges(
  policies: readonly Policy[],
  environmentOf: EnvironmentOf,
  context: BuildContext,
  acts: (policy: Resource, resource: Resource) => boolean,
): (resource: Resource, subject: Subject) => Changed {
  const changing = new Map<string, Resource[]>();
  for (const { id, rules } of policies.toSorted((a, b) => compareText(a.name, b.name))) {
    const policy = context.lookup.byId(id);
    const matches = new Set(rules.flatMap((rule) => (rule.type === 'mutate' ? rule.matches : [])));
    for (const match of policy ? matches : []) {
      const list = changing.get(match) ?? [];
      changing.set(match, policy ? [...list, policy] : list);
    }
  }
  const known = new Map<string, Changed>();
  return (resource, subject) => {
    const found = known.get(resource.id);
    if (found) return found;
    const changed: Changed = { subject, effects: new Map(), unknown: null };
    for (const policy of changing.get(resource.id) ?? []) {
      if (!acts(policy, resource)) continue;
      const effects = effectsOf(policy.rendered, changed.subject, environmentOf(policy));
      const own = effects.filter(({ type }) => type === 'mutate');
      changed.effects.set(policy.id, own);
      const object = own.findLast((effect) => effect.object !== undefined)?.object;
      if (object !== undefined && object !== changed.subject.object) {
        const { labels, annotations } = subjectOf(object, subject.namespace);
        changed.subject = { ...changed.subject, object, labels, annotations };
      }
      if (own.some(({ status }) => status === 'unverified' || status === 'error'))
        changed.unknown ??= policy.name;
    }
    known.set(resource.id, changed);
    return changed;
  };
}

interface Changed {
  subject: Subject;
  /** By the policy's id. */
  effects: Map<string, Effect[]>;
  /** Name of a policy of which it is not known what it makes of the object. */
  unknown: string | null;
}
