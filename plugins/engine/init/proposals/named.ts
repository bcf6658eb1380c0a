import type { Model, Resource } from '../../../model/index.ts';
import type { Scope } from '../scopes.ts';
import { isPlain, type Proposal } from './proposal.ts';

/**
 * Sentences about single objects, for a platform of which little can be said of all: where an application
 * goes, what waits for what, how many replicas run. Of each kind a few, in the order of the model.
 */
export function named(model: Model, scope: Scope | null): Proposal[] {
  const isHere: Scope['holds'] = (one) => scope === null || scope.holds(one);
  const applications = model.applications.filter(isHere);
  const kustomizations = model.kustomizations.filter(isHere);
  const resources = model.resources.filter(isHere);
  return [
    ...(scope === null ? [] : kindsOf(resources)),
    ...applications.filter(({ name }) => isPlain(name)).map(placeOf),
    ...kustomizations.flatMap(orderOf),
    ...uniqueOf(resources, 'Deployment').flatMap(replicasOf),
    ...uniqueOf(resources, 'Service').flatMap(portOf),
    ...uniqueOf(resources, 'Namespace').map(
      ({ name }): Proposal => ({
        topic: 'one namespace',
        of: `written && kind == 'Namespace'`,
        least: 1,
        all: `name == '${name}'`,
        says: () => `The only Namespace that is declared is \`${name}\``,
      }),
    ),
  ].slice(0, most);
}

/** What a part holds, where that is of few kinds. */
function kindsOf(resources: readonly Resource[]): Proposal[] {
  const kinds = [...new Set(resources.map(({ kind }) => kind))].toSorted();
  if (kinds.length > mostKinds || !kinds.every(isPlain)) return [];
  const words = [kinds.slice(0, -1).join(', '), ...kinds.slice(-1)].filter(Boolean).join(' and ');
  return [
    {
      topic: 'kinds',
      of: 'written',
      all: `kind in [${kinds.map((kind) => `'${kind}'`).join(', ')}]`,
      says: () => `Nothing but objects of the kind ${words.replace(' and ', ' or ')} is declared`,
    },
  ];
}

function placeOf({ name, destination }: Model['applications'][number]): Proposal {
  const namespace = destination.namespace ?? '';
  return {
    topic: `place of ${name}`,
    over: 'application',
    of: `written && name == '${name}'`,
    least: 1,
    read: "namespace == null ? '' : namespace",
    test: () => `namespace == '${namespace}'`,
    says: () => `The application \`${name}\` goes into the namespace \`${namespace}\``,
  };
}

function orderOf({ name, dependsOn }: Model['kustomizations'][number]): Proposal[] {
  const [first] = dependsOn;
  if (first === undefined || !isPlain(name) || !isPlain(first.name)) return [];
  return [
    {
      topic: `order of ${name}`,
      over: 'kustomization',
      of: `written && name == '${name}'`,
      least: 1,
      all: `dependsOn.exists(d, d.name == '${first.name}')`,
      says: () => `The Kustomization \`${name}\` waits for \`${first.name}\``,
    },
  ];
}

function replicasOf({ name }: Resource): Proposal[] {
  return [
    {
      topic: `replicas of ${name}`,
      of: `written && kind == 'Deployment' && name == '${name}'`,
      least: 1,
      read: 'string(spec.?replicas.orValue(1))',
      test: (number) => `spec.?replicas.orValue(1) == ${number}`,
      says: (_, number) =>
        `The Deployment \`${name}\` runs ${number === '1' ? 'once' : `in ${number} replicas`}`,
    },
  ];
}

function portOf({ name }: Resource): Proposal[] {
  return [
    {
      topic: `port of ${name}`,
      of: `written && kind == 'Service' && name == '${name}'`,
      least: 1,
      read: "spec.?ports.orValue([]).size() > 0 ? string(spec.ports[0].port) : ''",
      test: (port) => `spec.?ports.orValue([]).exists(p, p.port == ${port})`,
      says: (_, port) => `The Service \`${name}\` listens on port ${port}`,
    },
  ];
}

/** Those of a kind whose name no other of it has. */
function uniqueOf(resources: readonly Resource[], kind: string): Resource[] {
  const all = resources.filter((one) => one.kind === kind && isPlain(one.name));
  return all.filter(({ name }) => all.filter((other) => other.name === name).length === 1).slice(0, 5);
}

const most = 20;
const mostKinds = 4;
