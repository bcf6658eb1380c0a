import type { Stack } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** Stacks of the reconciled layer. */
export const stack: SubjectType<Stack> = {
  one: 'stack',
  many: 'stacks',
  title: 'Stacks',
  list: { name: 'stacks', says: 'every stack', example: 'stacks.map(s, s.name)' },
  hasLookUp: true,
  recordsOf: ({ stacks }) => stacks,
  resourceOf: ({ applicationSet }, { resource }) => resource(applicationSet ?? ''),
  nameOf: ({ name }, reference) => reference ?? `stack ${name}`,
  originOf: () => null,
  shownAs: {
    set: 'applicationSet',
    count: 'applications.size()',
  },
  fields: [
    field('path', 'text', 'its folder', "path.startsWith('K8s/')"),
    field('applicationSet', 'text or null', 'id of the set that watches it', 'applicationSet != null'),
    field('project', 'text or null', 'its AppProject', "project == 'backstage'"),
    field('applications', 'list of text', 'names of those in it', 'applications.size() > 2'),
    field('kustomizations', 'list of text', "names of Flux's in it", 'kustomizations.size() == 0'),
    field('helmReleases', 'list of text', "names of Flux's in it", 'helmReleases.size() == 0'),
  ],
};
