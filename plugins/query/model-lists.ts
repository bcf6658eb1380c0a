import { type Model, plainRelation } from '../model/index.ts';
import { type SubjectKind, subjectKinds, subjectTypes } from './subjects/index.ts';

/** Lists of what is no subject: their elements are the model's own. */
export const otherLists: (ModelList & { elementsOf(model: Model): unknown[] })[] = [
  {
    name: 'relations',
    says: 'what the model knows to hold between two resources: `type`, `from`, `to`',
    example: "relations.filter(r, r.type == 'permits').size()",
    elementsOf: ({ relations }) => relations.map(plainRelation),
  },
  {
    name: 'gateways',
    says: 'Gateways and ListenerSets: `gateway`, `accepted`, `reason`, `listeners`',
    example: 'gateways.all(g, g.accepted == true)',
    elementsOf: ({ gateways }) => gateways,
  },
  {
    name: 'ingresses',
    says: 'Ingresses: `ingress`, `class`, `hosts`, `rules`, `resolved`',
    example: 'ingresses.all(i, i.resolved != false)',
    elementsOf: ({ ingresses }) => ingresses,
  },
  {
    name: 'secretPushes',
    says: 'PushSecrets: `pushSecret`, `secret`, `generator`, `stores`, `entries` (`secret`, `store`, `keys`, `remote`), `reason`, `deletionPolicy`',
    example: 'secretPushes.all(p, p.reason == null)',
    elementsOf: ({ secretPushes }) => secretPushes,
  },
  {
    name: 'ignoredDifferences',
    says: 'differences that argocd-cm ignores for all: `group`, `kind`, `fields`',
    example: 'ignoredDifferences.size()',
    elementsOf: ({ ignoredDifferences }) => ignoredDifferences,
  },
];

/** The lists that `value` may start from: those of the subjects, and the others. */
export const modelLists: (ModelList & { kind: SubjectKind | null })[] = [
  ...subjectKinds.map((kind) => ({ kind, ...subjectTypes[kind].list })),
  ...otherLists.map(({ name, says, example }) => ({ kind: null, name, says, example })),
];

export interface ModelList {
  name: string;
  says: string;
  example: string;
}
