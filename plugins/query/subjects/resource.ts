import { compareText, oncePer } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** Every object of the repository, as rendered. */
export const resource: SubjectType<Resource> = {
  one: 'resource',
  many: 'resources',
  title: 'Every row',
  list: { name: 'resources', says: 'every resource', example: 'resources.size()' },
  hasLookUp: true,
  recordsOf: ({ resources }) => inOrder(resources),
  resourceOf: (record) => record,
  nameOf: (record, reference) => reference ?? record.id,
  originOf: ({ origin }) => origin,
  paths: {
    wave: ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'],
    waveSet: ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'],
    phase: ['metadata', 'annotations', 'argocd.argoproj.io/hook'],
    name: ['metadata', 'name'],
    namespace: ['metadata', 'namespace'],
    labels: ['metadata', 'labels'],
    annotations: ['metadata', 'annotations'],
    kind: ['kind'],
    apiVersion: ['apiVersion'],
  },
  shownAs: {
    project: 'application(application).project',
  },
  fields: [
    field('id', 'text', 'Kind, group, namespace and name; unique', "id == 'Namespace/observability'"),
    field('apiVersion', 'text', 'as written', "apiVersion == 'argoproj.io/v1alpha1'"),
    field('group', 'text', 'of its API; empty for the core', "group == 'argoproj.io'"),
    field('version', 'text', 'of its API', "version == 'v1alpha1'"),
    field('kind', 'text', 'as written', "kind in ['AppProject', 'Namespace']"),
    field(
      'namespace',
      'text or null',
      'where it is deployed to; null for what belongs to no namespace',
      "namespace == 'observability'",
    ),
    field('name', 'text', 'as written', "name.startsWith('obs-')"),
    field('labels', 'map of text', 'after rendering', 'labels.size() > 0'),
    field('annotations', 'map of text', 'after rendering', "'argocd.argoproj.io/sync-wave' in annotations"),
    field('layer', 'text', '`bootstrap` or `gitops`', "layer == 'bootstrap'"),
    field('stack', 'text or null', 'folder of the gitops layer', "stack == 'observability'"),
    field('application', 'text or null', 'the application that deploys it', "application == 'obs-loki'"),
    field(
      'kustomization',
      'text or null',
      'the Kustomization of Flux that deploys it',
      'kustomization == null',
    ),
    field('helmRelease', 'text or null', 'the HelmRelease that deploys it', 'helmRelease == null'),
    field('deployer', 'text or null', 'id of what deploys it, whichever kind that is', 'deployer != null'),
    field('wave', 'number', 'effective sync wave; 0 where none is set', 'wave < 0'),
    field('waveSet', 'true or false', 'a wave is written down', 'waveSet'),
    field(
      'phase',
      'text or null',
      '`PreSync`, `Sync`, `PostSync` or `SyncFail`; null where no sync applies it, as tests of Helm and what runs on deletion',
      "phase == 'Sync'",
    ),
    field(
      'source',
      'text',
      '`file`, `kustomize`, `helm`, `applicationset` or `external-secret`; of an event its EventSource',
      "source == 'kustomize'",
    ),
    field('generatedBy', 'text or null', 'id of what generates it', 'generatedBy != null'),
    field('file', 'text', 'the file that a person edits', "glob(file, '**/*.yaml')"),
    field('line', 'number', 'where it begins in the file', 'line >= 1'),
    field(
      'written',
      'true or false',
      'its manifest stands in this repository; false of what a chart or base would bring that is not read',
      "written && kind == 'Service'",
    ),
    field('metadata', 'map', 'as rendered', 'has(metadata.labels)'),
    field('spec', 'map', 'as rendered', 'has(spec.replicas)'),
  ],
};

/** By id, as a model has them: then the very same list, of which much is known. */
const inOrder = oncePer((resources: readonly Resource[]): readonly Resource[] => {
  const isInOrder = resources.every(
    ({ id }, place) => place === 0 || compareText(resources[place - 1]?.id ?? '', id) <= 0,
  );
  return isInOrder ? resources : resources.toSorted((a, b) => compareText(a.id, b.id));
});
