import type { Project } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** AppProjects. */
export const project: SubjectType<Project> = {
  one: 'project',
  many: 'projects',
  title: 'AppProjects',
  list: { name: 'projects', says: 'every AppProject', example: "projects.map(p, p.name).join(', ')" },
  hasLookUp: true,
  recordsOf: ({ projects }) => projects,
  resourceOf: ({ id }, { resource }) => resource(id),
  nameOf: ({ name }, reference) => reference ?? `project ${name}`,
  originOf: ({ origin }) => origin,
  paths: {
    description: ['spec', 'description'],
    sourceRepos: ['spec', 'sourceRepos'],
    destinations: ['spec', 'destinations'],
    clusterResourceWhitelist: ['spec', 'clusterResourceWhitelist'],
    clusterResourceBlacklist: ['spec', 'clusterResourceBlacklist'],
    namespaceResourceWhitelist: ['spec', 'namespaceResourceWhitelist'],
    namespaceResourceBlacklist: ['spec', 'namespaceResourceBlacklist'],
    sourceNamespaces: ['spec', 'sourceNamespaces'],
    roles: ['spec', 'roles'],
    syncWindows: ['spec', 'syncWindows'],
  },
  fields: [
    field('description', 'text', 'empty where none is written', "description != ''"),
    field('sourceRepos', 'list of text', 'repositories that it may deploy from', 'sourceRepos.size() > 0'),
    field(
      'destinations',
      'list of maps',
      '`server`, `name` and `namespace`',
      "destinations.exists(d, d.namespace == 'observability')",
    ),
    field(
      'clusterResourceWhitelist',
      'list of text or null',
      '`group/Kind`; null where it is absent',
      'clusterResourceWhitelist != null && clusterResourceWhitelist.size() > 0',
    ),
    field(
      'clusterResourceBlacklist',
      'list of text or null',
      '`group/Kind`; null where it is absent',
      'clusterResourceBlacklist == null',
    ),
    field(
      'namespaceResourceWhitelist',
      'list of text or null',
      '`group/Kind`; null where it is absent',
      "namespaceResourceWhitelist == null || namespaceResourceWhitelist.exists(k, k.endsWith('/ApplicationSet'))",
    ),
    field(
      'namespaceResourceBlacklist',
      'list of text or null',
      '`group/Kind`; null where it is absent',
      "namespaceResourceBlacklist != null && 'Secret' in namespaceResourceBlacklist",
    ),
    field(
      'sourceNamespaces',
      'list of text',
      'where its applications may live',
      'sourceNamespaces.size() == 0',
    ),
    field('globalProjects', 'list of text', 'projects whose rules are added', 'globalProjects.size() == 0'),
    field('roles', 'list of maps', '`name`, `policies`, `groups`', "roles.all(r, r.name != '')"),
    field('syncWindows', 'list of maps', '`kind`, `schedule`, `duration`, …', 'syncWindows.size() == 0'),
    field('applications', 'list of text', 'names of those in it', 'applications.size() > 1'),
  ],
};
