import type { Route } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** Routes of the Gateway API. */
export const route: SubjectType<Route> = {
  one: 'route',
  many: 'routes',
  title: 'Routes',
  list: { name: 'routes', says: 'every HTTPRoute and its like', example: 'routes.map(r, r.hostnames)' },
  recordsOf: ({ routes }) => routes,
  resourceOf: ({ route }, { resource }) => resource(route),
  nameOf: (_, reference) => reference ?? 'route',
  originOf: ({ origin }) => origin,
  paths: { hostnames: ['spec', 'hostnames'], parents: ['spec', 'parentRefs'], backends: ['spec', 'rules'] },
  shownAs: {
    gateway: 'parents.map(p, p.name)',
    backend: 'backends.map(b, b.name)',
  },
  fields: [
    field('route', 'text', 'id of the route', "route.contains('HTTPRoute')"),
    field('hostnames', 'list of text', 'as written', "hostnames.exists(h, h.startsWith('argocd.'))"),
    field(
      'parents',
      'list of maps',
      '`name`, `namespace`, `section`, `id`, `accepted`, `reason`, `listeners`',
      "parents.exists(p, p.name == 'platform')",
    ),
    field(
      'backends',
      'list of maps',
      '`name`, `namespace`, `port`, `id`, `resolved`, `reason`, `workloads`',
      'backends.exists(b, b.port == 80)',
    ),
    field(
      'accepted',
      'true, false or null',
      'a listener takes it; null where only a cluster knows',
      'accepted == true',
    ),
    field(
      'resolved',
      'true, false or null',
      'all that it names is there and may be named',
      'resolved != false',
    ),
    field(
      'refused',
      'list of maps',
      'what the API server does not take: `rule`, `why`',
      'refused.size() == 0',
    ),
  ],
};
