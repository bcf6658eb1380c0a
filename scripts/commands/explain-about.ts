import { firstOf } from '../../plugins/base/index.ts';
import type { Explanation } from '../../plugins/engine/index.ts';
import type { Place } from '../../plugins/source/index.ts';

/** What a resource is to its tool, a line for each thing: empty for all that is just a resource. */
export function aboutRows({ about }: Pick<Explanation, 'about'>): [string, string[]][] {
  switch (about?.is) {
    case undefined:
      return [];
    case 'application':
      return applicationRows(about);
    case 'applicationset':
      return [
        ['makes', about.generators.map(({ sentence, origin }) => `${sentence} (${at(origin)})`)],
        ['of it', [namesOf(about.makes) || 'nothing that is known', about.unverified ?? []].flat()],
        ['its syncs', [about.sync.map(({ sentence }) => sentence).join(' ')]],
        ['steps', (about.steps ?? []).map(({ applications }) => namesOf(applications))],
      ];
    case 'project':
      return projectRows(about);
    case 'policy':
      return policyRows(about);
    case 'route':
      return routeRows(about);
    case 'gateway':
      return gatewayRows(about);
    case 'ingress':
      return [
        ['class', [about.className ?? 'none']],
        ['hosts', about.hosts],
        [
          'rules',
          about.rules.map(
            ({ host, path, backend }) => `${host || 'any host'}${path} → ${backendLine(backend)}`,
          ),
        ],
      ];
  }
}

function applicationRows(about: Of<'application'>): [string, string[]][] {
  const { sources, charts, sync, ignored, unrendered, changedBy, mayChange } = about;
  return [
    [
      'from',
      sources.map(({ repoURL, path, chart, targetRevision }) =>
        [path ?? chart ?? '', 'of', repoURL, 'at', targetRevision ?? 'HEAD'].join(' '),
      ),
    ],
    [
      'charts',
      charts.map(({ name, version, values, origin }) => {
        const files = values.map(({ file }) => file).join(', ');
        return `${name} ${version ?? ''}${files === '' ? '' : `, values of ${files}`} (${at(origin)})`;
      }),
    ],
    ['sync policy', [sync.map(({ sentence }) => sentence).join(' ')]],
    [
      'ignored',
      ignored.map(
        ({ kind, name, fields, by, objects, origin }) =>
          `${[kind, name].filter(Boolean).join('/')}: ${fields.join(', ')}, by ${by}, ${objects} of its objects (${at(origin)})`,
      ),
    ],
    [
      'may differ',
      [
        ...unrendered.map(({ what }) => `not rendered: ${what}`),
        ...changedBy.map(
          ({ policy, rule, resources, isCertain, origin }) =>
            `${isCertain ? 'changed' : 'perhaps changed'} by ${policy.reference}, rule ${rule}: ${namesOf(resources)} (${at(origin)})`,
        ),
        ...mayChange.map(
          ({ policy, rule, kinds, origin }) =>
            `what is not rendered may be changed by ${policy.reference}, rule ${rule}: ${kinds.join(', ')} (${at(origin)})`,
        ),
      ],
    ],
  ];
}

function projectRows(about: Of<'project'>): [string, string[]][] {
  const { clusterKinds, namespacedKinds, windows, applications } = about;
  return [
    ['for', about.description === '' ? [] : [about.description]],
    ['sources', about.sourceRepos],
    [
      'into',
      about.destinations.map(
        ({ server, name, namespace }) => `namespace ${namespace ?? 'none'} on ${name ?? server ?? '?'}`,
      ),
    ],
    [
      'kinds',
      [
        `cluster-scoped: ${clusterKinds.allowed.join(', ') || 'none'}`,
        `namespaced: ${namespacedKinds.allowed?.join(', ') ?? 'all'}`,
        ...[...clusterKinds.denied, ...namespacedKinds.denied].map((kind) => `not ${kind}`),
      ],
    ],
    [
      'windows',
      windows.map(
        ({ kind, open, applications: held, manualSync, origin }) =>
          `${kind} ${open}: ${namesOf(held) || 'no application'}${manualSync ? ', by hand at any time' : ''} (${at(origin)})`,
      ),
    ],
    ['has', [namesOf(applications) || 'no application']],
  ];
}

function policyRows({ title, description, severity, rules }: Of<'policy'>): [string, string[]][] {
  return [
    ['title', [title ?? []].flat()],
    ['for', [description ?? []].flat()],
    ['severity', [severity ?? []].flat()],
    [
      'rules',
      rules.map(({ name, type, action, message, kinds, scope, matches, counts, judges, origin }) => {
        const fares = Object.entries(counts).map(([result, count]) => `${count} ${result}`);
        return [
          `${name}: ${message ?? type}`,
          [type, action ?? []].flat().join(', '),
          `of ${[...kinds, ...scope].join(', ')}`,
          fares.length === 0 ? `matches ${matches.length}` : `here ${fares.join(', ')}`,
          ...(judges.length === 0 ? [] : [`judges the Pods of ${namesOf(judges)}`]),
          `(${at(origin)})`,
        ].join('; ');
      }),
    ],
  ];
}

function routeRows({ hosts, parents, rules, refused }: Of<'route'>): [string, string[]][] {
  return [
    ['hosts', [hosts.length === 0 ? 'every host' : hosts.join(', ')]],
    [
      'attached to',
      parents.map(
        ({ parent, name, listeners, accepted, reason, why, origin }) =>
          `${parent?.reference ?? name}${listeners.length === 0 ? '' : `, listener ${listeners.join(', ')}`}: ${known(accepted, 'accepted', 'not accepted')}${reason === null || reason === 'Accepted' ? '' : `, ${reason}`}${why === null ? '' : `: ${why}`} (${at(origin)})`,
      ),
    ],
    [
      'rules',
      rules.flatMap(({ matches, filters, backends, origin }) => {
        const of = [...matches, ...filters].join(' or ') || 'everything';
        return backends.length === 0
          ? [`${of} → no backend (${at(origin)})`]
          : backends.map((one) => `${of} → ${backendLine(one)} (${at(one.origin)})`);
      }),
    ],
    ['refused', refused.map(({ why, origin }) => `${why} (${at(origin)})`)],
  ];
}

function gatewayRows(about: Of<'gateway'>): [string, string[]][] {
  const { className, accepted, reason, why, listeners } = about;
  return [
    ['class', [className ?? []].flat()],
    ['status', [[known(accepted, 'accepted', 'not accepted'), reason, why].filter(Boolean).join(', ')]],
    [
      'listeners',
      listeners.map(
        ({ name, port, protocol, hostname, routes, why: reason, origin }) =>
          `${name}: ${protocol} ${port ?? '?'}, ${hostname ?? 'every host'}, takes ${namesOf(routes) || 'no route'}${reason === null ? '' : `: ${reason}`} (${at(origin)})`,
      ),
    ],
  ];
}

function backendLine({ service, name, port, weight, resolved, why, workloads }: Backend): string {
  const pods = (workloads ?? []).map(
    ({ reference, port: target }) => `${reference}${target === null ? '' : `:${target}`}`,
  );
  return [
    `${service?.reference ?? name}${port === null ? '' : `:${port}`}`,
    ...(weight === null ? [] : [` weight ${weight}`]),
    ...(pods.length === 0 ? [] : [` → ${firstOf(pods, 6)}`]),
    ...(resolved === true ? [] : [`, ${known(resolved, '', 'not there')}${why === null ? '' : `: ${why}`}`]),
  ].join('');
}

function known(is: boolean | null, yes: string, no: string): string {
  return is === null ? 'not verified' : is ? yes : no;
}

function namesOf(all: readonly { reference: string }[]): string {
  return all.length === 0
    ? ''
    : firstOf(
        all.map(({ reference }) => reference),
        6,
      );
}

function at({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

type About = NonNullable<Explanation['about']>;
type Of<Is extends About['is']> = Extract<About, { is: Is }>;
type Backend = Of<'route'>['rules'][number]['backends'][number];
