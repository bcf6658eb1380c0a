import { objectAt } from '../../base/index.ts';
import type { Resource, SecretFlow } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Unverified } from '../../source/index.ts';

/** Why not every key of a Secret is known, and which are; null where all are, or it is no Secret. */
export function openKeys(resource: Resource, platform: Platform): OpenKeys | null {
  const { model } = platform;
  if (resource.kind !== 'Secret' || resource.group !== '') return null;
  if (resource.source === 'controller') return ofController(resource, platform);
  const flows = flowsOf(model.secrets).get(resource.id) ?? [];
  const keys = new Set(Object.keys(objectAt(resource.rendered, 'data')));
  for (const key of Object.keys(objectAt(resource.rendered, 'stringData'))) keys.add(key);
  for (const flow of flows) {
    const why = whyOpen(flow, keys);
    if (why === null) continue;
    const { file, line, column, endLine, endColumn } = flow.origin;
    return {
      known: lost.has(flow.effect) ? new Set() : keys,
      unverified: {
        kind: 'secret',
        what: `the keys of ${[resource.kind, resource.namespace, resource.name].filter((part) => part !== null).join('/')}`,
        why,
        origin: { file, line, column, endLine, endColumn },
      },
    };
  }
  return null;
}

/** Whether a certificate comes with that of its authority, its issuer says. */
function ofController(
  { generatedBy, rendered, origin, namespace, name }: Resource,
  platform: Platform,
): OpenKeys | null {
  if (platform.resource(generatedBy ?? '')?.kind !== 'Certificate') return null;
  const { file, line, column, endLine, endColumn } = origin;
  return {
    known: new Set(Object.keys(objectAt(rendered, 'data'))),
    unverified: {
      kind: 'secret',
      what: `the keys of ${['Secret', namespace, name].filter((part) => part !== null).join('/')}`,
      why: 'whether it has `ca.crt` its issuer says',
      origin: { file, line, column, endLine, endColumn },
    },
  };
}

function whyOpen({ effect, secretKeys, target }: SecretFlow, keys: ReadonlySet<string>): string | null {
  if (effect === 'waits')
    return `an ExternalSecret merges into Secret ${target.name}, which nothing that is read makes`;
  if (effect === 'conflict') return 'several write it, and which of them comes first is not known';
  if (effect === 'replaces') return 'an ExternalSecret replaces what the manifest of the Secret says';
  if (effect !== 'creates' && effect !== 'merges') return null;
  if (secretKeys.open || secretKeys.maybe.length > 0) return 'only its store or generator knows them all';
  return secretKeys.sure.every((key) => keys.has(key))
    ? null
    : 'an ExternalSecret adds keys to those that its manifest says';
}

function flowsOf(flows: readonly SecretFlow[]): Map<string, SecretFlow[]> {
  const known = byTarget.get(flows) ?? Map.groupBy(flows, ({ target }) => target.id);
  byTarget.set(flows, known);
  return known;
}

const byTarget = new WeakMap<readonly SecretFlow[], Map<string, SecretFlow[]>>();

/** What was there may be there no more. */
const lost = new Set(['replaces', 'conflict']);

interface OpenKeys {
  known: ReadonlySet<string>;
  unverified: Unverified;
}
