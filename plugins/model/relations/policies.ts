/** Policies: what they match, and generate. */
import { at, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';
import type { BuildContext, NotingContext } from '../context.ts';
import type { Policy, Resource } from '../types.ts';
import type { Collector } from './collector.ts';
import { withinRoom } from './room.ts';

export function policyRelations(
  policies: readonly Policy[],
  collector: Collector,
  context: NotingContext,
): void {
  const asked = policies.flatMap((policy): [Resource, number][] => {
    const own = context.lookup.byId(policy.id);
    return own ? [[own, policy.rules.reduce((sum, { matches }) => sum + matches.length, 0)]] : [];
  });
  const taken = withinRoom(asked, 'matches', context.unverified);
  for (const policy of policies) {
    const own = context.lookup.byId(policy.id);
    if (!own || !taken.has(own)) continue;
    for (const [index, rule] of policy.rules.entries()) {
      const path =
        own.group === 'kyverno.io' &&
        own.kind.endsWith('Policy') &&
        listAt(own.rendered, 'spec', 'rules').length > 0
          ? ['spec', 'rules', index]
          : ['spec'];
      for (const id of rule.matches) collector.add('matches', policy.id, id, own, path);
      if (rule.type !== 'generate') continue;
      const generate = objectAt(at(own.rendered, ...path), 'generate');
      for (const id of rule.matches) {
        const trigger = context.lookup.byId(id);
        const made = trigger && generatedResource(generate, trigger, context);
        if (made) collector.add('generates', policy.id, made.id, own, [...path, 'generate']);
      }
    }
  }
}

/** The resource that a generate rule makes for a trigger, where the repository has it too. */
function generatedResource(
  generate: JsonObject,
  trigger: Resource,
  context: BuildContext,
): Resource | undefined {
  const fill = (text: string | undefined): string =>
    (text ?? '').replaceAll(
      /\{\{\s*request\.object\.metadata\.(name|namespace)\s*\}\}/g,
      (_all, field: string) => (field === 'name' ? trigger.name : (trigger.namespace ?? '')),
    );
  const apiVersion = textAt(generate, 'apiVersion') ?? '';
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return context.lookup.find(
    group,
    textAt(generate, 'kind') ?? '',
    fill(textAt(generate, 'namespace')) || null,
    fill(textAt(generate, 'name')),
  );
}
