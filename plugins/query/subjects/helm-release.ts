import type { HelmRelease } from '../../model/index.ts';
import { fluxFields } from './flux-fields.ts';
import { field, type SubjectType } from './subject-type.ts';

/** Flux's HelmReleases. */
export const helmRelease: SubjectType<HelmRelease> = {
  one: 'HelmRelease',
  many: 'HelmReleases',
  title: 'HelmReleases',
  list: {
    name: 'helmReleases',
    says: 'every HelmRelease',
    example: 'helmReleases.map(r, r.chart)',
  },
  hasLookUp: true,
  recordsOf: ({ helmReleases }) => helmReleases,
  resourceOf: ({ id }, { resource }) => resource(id),
  nameOf: ({ name }, reference) => reference ?? `HelmRelease ${name}`,
  originOf: ({ origin }) => origin,
  paths: {
    chart: ['spec', 'chart', 'spec', 'chart'],
    version: ['spec', 'chart', 'spec', 'version'],
    sourceRef: ['spec', 'chart', 'spec', 'sourceRef'],
    releaseName: ['spec', 'releaseName'],
    suspend: ['spec', 'suspend'],
    dependsOn: ['spec', 'dependsOn'],
    targetNamespace: ['spec', 'targetNamespace'],
  },
  shownAs: {
    resources: 'order.map(stage, stage.size())',
  },
  fields: [
    field('chart', 'text or null', 'name of the chart, or its folder', "chart == 'prometheus'"),
    field('version', 'text or null', 'as written: a range too', "version == '27.x'"),
    field('releaseName', 'text', 'what Helm calls it', "releaseName == 'api'"),
    ...fluxFields,
  ],
};
