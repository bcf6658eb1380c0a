import type { Kustomization } from '../../model/index.ts';
import { fluxFields } from './flux-fields.ts';
import { field, type SubjectType } from './subject-type.ts';

/** Flux's Kustomizations. */
export const kustomization: SubjectType<Kustomization> = {
  one: 'Kustomization',
  many: 'Kustomizations',
  title: 'Kustomizations',
  intro: "Flux's: a `kustomization.yaml` is no row.",
  list: {
    name: 'kustomizations',
    says: 'every Kustomization of Flux',
    example: 'kustomizations.filter(k, k.suspend).size()',
  },
  hasLookUp: true,
  recordsOf: ({ kustomizations }) => kustomizations,
  resourceOf: ({ id }, { resource }) => resource(id),
  nameOf: ({ name }, reference) => reference ?? `Kustomization ${name}`,
  originOf: ({ origin }) => origin,
  paths: {
    path: ['spec', 'path'],
    prune: ['spec', 'prune'],
    wait: ['spec', 'wait'],
    suspend: ['spec', 'suspend'],
    dependsOn: ['spec', 'dependsOn'],
    sourceRef: ['spec', 'sourceRef'],
    targetNamespace: ['spec', 'targetNamespace'],
    healthChecks: ['spec', 'healthChecks'],
    unknownVariables: ['spec', 'postBuild'],
  },
  shownAs: {
    resources: 'order.map(stage, stage.size())',
    variables: 'unknownVariables',
  },
  fields: [
    field(
      'path',
      'text or null',
      'a folder of this repository; null where it is in another',
      "path == 'apps'",
    ),
    field('prune', 'true or false', 'what it applies no more is deleted', 'prune'),
    field('wait', 'true or false', 'it is ready when all that it applies is', 'wait'),
    field(
      'healthChecks',
      'list of text',
      '`Kind/name` of what is waited for',
      "'Deployment/web' in healthChecks",
    ),
    field(
      'unknownVariables',
      'list of text',
      'variables that no manifest gives a value',
      "'TOKEN' in unknownVariables",
    ),
    ...fluxFields,
  ],
};
