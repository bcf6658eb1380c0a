/**
 * What is not read is not "none": of a repository with charts of its own, each chart in turn is hidden as one
 * of another place. Every statement whose verdict differs between the two must have been "not verified" while
 * it was hidden.
 */

import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { engineWithPages, repositoryFrom } from '../checks/engine.ts';
import { shareOfDay } from '../fuzz.ts';

const url = 'https://git.example.com/shop.git';
const elsewhere = 'https://charts.example.com';

const application = (name: string, source: string, project = 'default') => `==> IT/apps/${name}.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: ${project}
  source: ${source}
  destination: { server: "https://kubernetes.default.svc", namespace: ${name} }
`;
const object = (apiVersion: string, kind: string, name: string, more = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name} }\n${more}`;
const template = (chart: string, home: string, objects: string[]) => `==> ${home}/${chart}/Chart.yaml <==
apiVersion: v2
name: ${chart}
version: 1.0.0
==> ${home}/${chart}/values.yaml <==
{}
==> ${home}/${chart}/templates/all.yaml <==
${objects.join('---\n')}`;

const workload =
  'spec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: {} } }\n';
const charts: Record<string, { home: string; objects: string[] }> = {
  web: {
    home: 'K8s/charts',
    objects: [
      object('apps/v1', 'DaemonSet', 'web', workload),
      object('v1', 'Service', 'web', 'spec: { ports: [{ port: 80 }] }\n'),
      object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', 'spec: { hostnames: [web.example.com] }\n'),
      object('v1', 'ConfigMap', 'web', 'data: { a: b }\n'),
    ],
  },
  db: {
    home: 'K8s/charts',
    objects: [
      object('apps/v1', 'StatefulSet', 'db', workload),
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'db',
        'spec: { secretStoreRef: { name: vault, kind: SecretStore }, target: { name: db }, data: [] }\n',
      ),
      object('v1', 'Namespace', 'db-extra'),
      object(
        'kyverno.io/v1',
        'ClusterPolicy',
        'db',
        'spec: { rules: [{ name: r, match: { any: [{ resources: { kinds: [ConfigMap] } }] }, validate: { message: m, pattern: { data: { a: "?*" } } } }] }\n',
      ),
    ],
  },
  control: {
    home: 'K8s/charts',
    objects: [
      object('argoproj.io/v1alpha1', 'AppProject', 'made', 'spec: { destinations: [], sourceRepos: [] }\n'),
      object(
        'argoproj.io/v1alpha1',
        'Application',
        'raw',
        `spec: { project: default, source: { repoURL: "${url}", path: K8s/raw }, destination: { server: "https://kubernetes.default.svc", namespace: raw } }\n`,
      ),
      object(
        'argoproj.io/v1alpha1',
        'EventSource',
        'hook',
        'spec: { webhook: { push: { endpoint: /p } } }\n',
      ),
    ],
  },
  cache: {
    home: 'K8s/cache/charts',
    objects: [
      object('apps/v1', 'Deployment', 'cache', workload),
      object('v1', 'ConfigMap', 'cache', 'data: { a: b }\n'),
      object('v1', 'Secret', 'cache', 'stringData: { a: b }\n'),
    ],
  },
};

/** The repository, with one of its charts out of sight. */
function repository(hidden: string | null): string {
  const applications = ['web', 'db', 'control'].map((name) =>
    application(
      name,
      name === hidden
        ? `{ repoURL: "${elsewhere}", chart: ${name}, targetRevision: 1.0.0 }`
        : `{ repoURL: "${url}", path: K8s/charts/${name} }`,
    ),
  );
  const asked = hidden === 'cache' ? `repo: "${elsewhere}", version: 1.0.0, ` : '';
  return repositoryFrom(
    [
      ...applications,
      ...Object.entries(charts).flatMap(([name, { home, objects }]) =>
        name === hidden ? [] : [template(name, home, objects)],
      ),
      application('plain', `{ repoURL: "${url}", path: K8s/plain }`, 'made'),
      application('cache', `{ repoURL: "${url}", path: K8s/cache }`),
      `==> K8s/cache/kustomization.yaml <==
namespace: cache
helmCharts: [{ name: cache, ${asked}releaseName: cache }]
==> K8s/plain/all.yaml <==
${object('v1', 'ConfigMap', 'plain', 'data: { a: b }\n')}---
${object('apps/v1', 'Deployment', 'plain', workload)}---
${object('external-secrets.io/v1', 'SecretStore', 'vault', 'spec: { provider: { vault: { server: "https://vault" } } }\n')}
==> K8s/raw/all.yaml <==
${object('v1', 'ConfigMap', 'raw', 'data: { a: b }\n')}`,
    ].join('\n'),
  );
}

const kinds =
  'DaemonSet Service HTTPRoute ConfigMap StatefulSet ExternalSecret Namespace ClusterPolicy AppProject Application EventSource Deployment Secret Job'.split(
    ' ',
  );
const overs = 'resources applications projects applicationsets policies events secrets routes stacks'.split(
  ' ',
);
const views =
  'resources waves projects applicationsets applications sync policies events secrets routes stacks kept tear-down'.split(
    ' ',
  );
/** What may change: each a line of a page. */
const all = [
  ...kinds.flatMap((kind) => [
    `:claim[x]{of="true" none="kind == '${kind}'"}`,
    `:claim[x]{of="kind == '${kind}'" all="has(metadata.name)"}`,
    `:claim[x]{of="kind == '${kind}'" all="application == 'plain'"}`,
    `:claim[x]{of="kind == '${kind}'" any="name == 'plain'"}`,
    `:claim[x]{of="true" any="kind == '${kind}'"}`,
    `:claim[x]{of="kind in ['${kind}', 'Gateway'] && !(namespace == 'plain')" all="layer == 'gitops'"}`,
    ...['== 0', '== 1', '<= 1', '>= 1', '>= 2', '!= 1', '< 2'].map(
      (count) => `:claim[x]{of="kind == '${kind}'" count="${count}"}`,
    ),
    ...[0, 1, 2, 3, 4].map((number) => `:fact[${number}]{count="kind == '${kind}'"}`),
    `:fact[]{count="kind == '${kind}'"}`,
    ...[0, 1, 2].map((number) => `:fact[${number}]{value="resources.filter(r, r.kind == '${kind}').size()"}`),
    `:fact[true]{value="resources.exists(r, r.kind == '${kind}' && r.application != 'plain')"}`,
    `:fact[true]{value="resources.all(r, r.kind != '${kind}' || r.name == 'plain')"}`,
    `::table{view="resources" where="kind == '${kind}'"}`,
    `\`\`\`d2 covers="kind == '${kind}'"\nplain: Plain { link: "gitops:ConfigMap/plain" }\n\`\`\``,
  ]),
  ...overs.flatMap((over) => [
    ...[0, 1, 2, 3, 4, 5].map((number) => `:fact[${number}]{count="true" over="${over}"}`),
    `:claim[x]{over="${over}" of="true" all="name != 'db'"}`,
    `:claim[x]{over="${over}" of="name == 'db'" any="true"}`,
    `:claim[x]{over="${over}" of="true" none="namespace == 'db'"}`,
  ]),
  `:fact[5]{value="applications.size()"}`,
  `:fact[0]{value="application('web').order.size()"}`,
  `:fact[1]{value="application('web').order[0].size()"}`,
  `:fact[web]{value="application('web').destination.namespace"}`,
  `:fact[x]{value="relations.filter(r, r.type == 'deploys').size()"}`,
  `:fact[x]{value="resource('Service/web/web').name"}`,
  `:fact[db]{value="resource('StatefulSet/db/db').name"}`,
  `:fact[default]{value="application('raw').project"}`,
  `:fact[x]{value="project('default').applications.size()"}`,
  `:claim[x]{of="name == 'raw'" all="application == null"}`,
  `:claim[x]{over="applications" of="true" all="permitted.ok"}`,
  `:claim[x]{over="applications" of="name == 'web'" all="order.size() == 0"}`,
  `:claim[x]{over="policies" of="true" all="matches.size() == 0"}`,
  `:claim[x]{of="kind == 'ConfigMap'" all="resource('Service/web/web').kind == 'Service'"}`,
  ...views.map((view) => `::table{view="${view}"}`),
  '::diagram{view="applications"}',
  '::diagram{view="routes"}',
  '::diagram{view="events"}',
  '::diagram{view="waves" where="name == \'web\'"}',
  '::diagram{view="around" of="Application/plain"}',
  ...Object.entries(charts).flatMap(([chart, { objects }]) =>
    objects.flatMap((one) => {
      const kind = /kind: (\w+)/.exec(one)?.[1];
      const name = /name: ([\w-]+)/.exec(one)?.[1];
      return [
        `See \`${kind}/${name}\`.`,
        `See \`${kind}/${chart}/${name}\`.`,
        `\`\`\`d2\nit: It { link: "gitops:${kind}/${name}" }\n\`\`\``,
        `\`\`\`sh\nkubectl -n ${chart} get ${kind?.toLowerCase()} ${name}\n\`\`\``,
      ];
    }),
  ),
];
/** A third of them each day, some of each kind and form. */
const { chosen: statements, name } = shareOfDay(all, 3);
console.log(`statements about what is hidden: ${statements.length} of ${all.length} (${name})`);
/** What no chart can reach: true, hidden or not. */
const narrowed = [
  `:claim[x]{of="application == 'plain'" none="kind == 'StatefulSet'"}`,
  `:claim[x]{of="file.startsWith('K8s/plain/')" none="kind == 'StatefulSet'"}`,
  `:claim[x]{of="glob(file, 'K8s/plain/*.yaml') && kind == 'ConfigMap'" count="1"}`,
  `:fact[1]{count="application == 'plain' && kind == 'Deployment'"}`,
  `:fact[1]{value="resources.filter(r, r.application == 'plain' && r.kind == 'Deployment').size()"}`,
  `:fact[plain]{value="application('plain').destination.namespace"}`,
  `:claim[x]{of="layer == 'bootstrap' && written" none="kind == 'Service'"}`,
  `:claim[x]{of="written && kind == 'Deployment'" any="name == 'plain'"}`,
  `:claim[x]{of="kind == 'Deployment'" any="name == 'plain'"}`,
  `:claim[x]{of="kind == 'Deployment'" count=">= 1"}`,
  `:claim[x]{over="stacks" of="true" any="name == 'plain'"}`,
  `::table{view="resources" where="application == 'plain'"}`,
  `::table{view="waves" where="application == 'plain'" empty="it sets no wave"}`,
  'See `ConfigMap/plain`.',
];

const page = [...statements, ...narrowed].join('\n\n');
const roots: string[] = [];

async function outcomes(hidden: string | null): Promise<Map<string, string>> {
  const root = repository(hidden);
  roots.push(root);
  const bench = await engineWithPages(root);
  try {
    const { pages } = await bench.check(`# Page\n\n${page}\n`);
    const lines = `# Page\n\n${page}\n`.split('\n');
    const cases = pages.flatMap((one) => one.cases);
    return new Map(
      cases.map(({ type, place, outcome }) => [
        `${place.line} ${type} ${lines[place.line - 1]}${lines[place.line] ?? ''}`,
        outcome,
      ]),
    );
  } finally {
    await bench.close();
  }
}

describe('a chart that is hidden', () => {
  let known: Promise<Map<string, string>> | undefined;
  afterAll(() => {
    for (const root of roots) rmSync(root, { recursive: true });
  });

  test.each(Object.keys(charts))(
    '%s changes nothing that was said to be verified',
    async (chart) => {
      known ??= outcomes(null);
      const [whole, hidden] = [await known, await outcomes(chart)];
      expect(whole.size).toBeGreaterThanOrEqual(statements.length + narrowed.length);
      const changed = [...whole].filter(([statement, outcome]) => hidden.get(statement) !== outcome);
      const wrong = changed
        .map(([statement, outcome]) => ({ statement, outcome, hidden: hidden.get(statement) }))
        .filter((one) => one.hidden !== 'unverified');
      expect(wrong).toEqual([]);
      expect(changed.length).toBeGreaterThan(6);
      const reached = [...hidden].filter(
        ([statement, outcome]) => outcome !== 'true' && isNarrowed(statement),
      );
      expect(reached).toEqual([]);
    },
    240_000,
  );
});

test('no number that nobody knows is written by fix', async () => {
  const root = repository('web');
  const bench = await engineWithPages(root);
  try {
    const { diagnostics, pages } = await bench.check(
      `# Page\n\n:fact[9]{count="kind == 'Deployment'"}\n\n:fact[0]{count="kind == 'Deployment'"}\n\n:fact[0]{count="written && kind == 'Deployment'"}\n`,
    );
    expect(pages.flatMap(({ cases }) => cases.map(({ outcome }) => outcome))).toEqual([
      'unverified',
      'false',
      'false',
    ]);
    const [open, narrow] = diagnostics;
    expect(open).toMatchObject({ rule: 'fact-stale', expected: 'at least 2', candidates: [] });
    expect(open?.fix).toBeUndefined();
    expect(narrow).toMatchObject({ expected: '2', fix: { replacement: '2' } });
  } finally {
    await bench.close();
    rmSync(root, { recursive: true });
  }
});

test('a key that none is seen to have makes a claim false of all, where one is known, and leaves others open', async () => {
  const root = repository('web');
  const bench = await engineWithPages(root);
  const of = `of="kind == 'HTTPRoute' || kind == 'SecretStore'"`;
  const decide = `"spec.hostnames == ['web.example.com']"`;
  try {
    const { pages, diagnostics } = await bench.check(
      `# Page\n\n${['all', 'any', 'none'].map((test) => `:claim[x]{${of} ${test}=${decide}}`).join('\n\n')}\n`,
    );
    expect(pages.flatMap(({ cases }) => cases.map(({ outcome }) => outcome))).toEqual([
      'false',
      'unverified',
      'unverified',
    ]);
    expect(diagnostics).toMatchObject([
      { rule: 'claim-false', actual: expect.stringContaining('spec.hostnames is not set: SecretStore/') },
    ]);
  } finally {
    await bench.close();
    rmSync(root, { recursive: true });
  }
});

function isNarrowed(statement: string): boolean {
  return narrowed.some((one) => statement.includes(one.split('\n')[0] ?? one));
}
