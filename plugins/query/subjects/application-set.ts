import type { ApplicationSet } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** ApplicationSets. */
export const applicationSet: SubjectType<ApplicationSet> = {
  one: 'application set',
  many: 'application sets',
  title: 'ApplicationSets',
  list: {
    name: 'applicationSets',
    says: 'every ApplicationSet',
    example: 'applicationSets.map(s, s.applications.size())',
  },
  hasLookUp: true,
  recordsOf: ({ applicationSets }) => applicationSets,
  resourceOf: ({ id }, { resource }) => resource(id),
  nameOf: ({ name }, reference) => reference ?? `applicationset ${name}`,
  originOf: ({ origin }) => origin,
  paths: { project: ['spec', 'template', 'spec', 'project'], generators: ['spec', 'generators'] },
  shownAs: {
    watches: 'generators.map(g, g.paths)',
    count: 'applications.size()',
  },
  fields: [
    field('project', 'text or null', 'of its template', "project == 'observability'"),
    field(
      'generators',
      'list of maps',
      '`type`, `paths`, `exclude`',
      "generators.exists(g, g.type == 'git')",
    ),
    field('applications', 'list of text', 'names of those that it generates', 'applications.size() > 0'),
    field('syncPolicy', 'map', 'of its template, as of an application', 'syncPolicy.automated'),
    field('rollingSync', 'map or null', 'steps of a progressive sync', 'rollingSync == null'),
    field('unverified', 'text or null', 'why the expansion is not complete', 'unverified == null'),
  ],
};
