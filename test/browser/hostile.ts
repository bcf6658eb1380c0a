/** A platform and a page in which every text tries to run a script. */

const script = (name: string) => `__ran.push('${name}')`;

/** What ends a title, an attribute, a comment, a fence, a block of HTML and a line. */
function attacks(name: string): string[] {
  const run = script(name);
  return [
    `</title><script>${run}</script>`,
    `"><img src=x onerror="${run}">`,
    `' onmouseover='${run}' autofocus onfocus='${run}`,
    `--><svg onload="${run}">`,
    `]]></style></script></textarea><script>${run}</script>`,
    `\n\n<script>${run}</script>\n\n[x](javascript:${run})`,
    `\r\r<script>${run}</script>\r\r\r\r[x](javascript:${run})`,
    `\n\`\`\`\n<script>${run}</script>`,
    `[x](javascript:${run}) <javascript:${run}> ![x](https://elsewhere.example/${name})`,
    `:::note[<img src=x onerror=${run}>]\n:::`,
  ];
}

/** All of it is told; here it is to be built nevertheless. */
export const hostileSeverities = `severity:
${[
  'manifest-invalid',
  'project-forbids',
  'secret-store-missing',
  'event-route-dead',
  'wave-inert',
  'wave-inverted',
  'resource-duplicate',
]
  .map((rule) => `  ${rule}: warning\n`)
  .join('')}`;

const all = (name: string) => attacks(name).join(' ');
const json = (value: unknown) => JSON.stringify(value);

/** Manifests by path. */
export function hostileManifests(): Record<string, string> {
  const names = attacks('name').map((name) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'store' },
  }));
  const kinds = attacks('kind').map((kind, index) => ({
    apiVersion: `example.com${attacks('group')[index]}/v1`,
    kind,
    metadata: { name: `kind-${index}`, namespace: attacks('namespace')[index] },
  }));
  const texts = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'texts',
      namespace: 'store',
      labels: { [all('label key')]: all('label') },
      annotations: {
        [all('annotation key')]: all('annotation'),
        'argocd.argoproj.io/sync-wave': all('wave'),
      },
    },
    data: { [all('key')]: all('value') },
  };
  const project = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: `hostile ${attacks('project')[0]}`, namespace: 'argocd' },
    spec: {
      description: all('description'),
      sourceRepos: attacks('repository'),
      destinations: [{ server: all('server'), namespace: all('destination') }],
      roles: [{ name: all('role'), policies: attacks('policy'), groups: attacks('group') }],
      syncWindows: [{ kind: 'allow', schedule: all('schedule'), duration: all('duration') }],
    },
  };
  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: `hostile ${attacks('application')[1]}`, namespace: 'argocd' },
    spec: {
      project: all('of project'),
      sources: [
        { repoURL: all('url'), path: all('path'), targetRevision: all('revision'), chart: all('chart') },
      ],
      destination: { server: all('to server'), namespace: all('to namespace') },
      ignoreDifferences: [
        { kind: all('ignored'), name: all('ignored name'), jsonPointers: attacks('pointer') },
      ],
    },
  };
  const policy = {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: {
      name: `policy ${attacks('clusterpolicy')[2]}`,
      annotations: { 'policies.kyverno.io/title': all('title') },
    },
    spec: {
      rules: [
        {
          name: all('rule'),
          match: { any: [{ resources: { kinds: ['ConfigMap'] } }] },
          validate: {
            message: all('message'),
            pattern: { metadata: { labels: { [all('pattern key')]: '?*' } } },
          },
        },
      ],
    },
  };
  const route = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'route', namespace: 'store' },
    spec: {
      parentRefs: [{ name: all('gateway') }],
      hostnames: attacks('hostname'),
      rules: [
        { matches: [{ path: { value: all('match') } }], backendRefs: [{ name: all('backend'), port: 80 }] },
      ],
    },
  };
  const secret = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'secrets', namespace: 'store' },
    spec: {
      secretStoreRef: { name: attacks('store')[0], kind: 'ClusterSecretStore' },
      target: { name: attacks('target')[0] },
      data: [
        {
          secretKey: attacks('secret key')[0],
          remoteRef: { key: attacks('remote')[0], property: attacks('property')[0] },
        },
      ],
    },
  };
  const workload = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'workload', namespace: 'store' },
    spec: {
      template: {
        spec: {
          serviceAccountName: all('account'),
          containers: [
            {
              name: all('container'),
              image: all('image'),
              envFrom: [{ configMapRef: { name: attacks('name')[0] } }],
            },
          ],
        },
      },
    },
  };
  const documents = [...names, ...kinds, texts, project, application, policy, route, secret, workload];
  return {
    'K8s/store/hostile/all.yaml': documents.map(json).join('\n---\n'),
    // File names reach pages, too; a slash cannot stand in one.
    [`K8s/store/hostile/${attacks('file').join(' ').replaceAll('/', '').slice(0, 200)}.yaml`]: json({
      ...texts,
      metadata: { name: 'named', namespace: 'store' },
    }),
    [`K8s/store/hostile/a\n<img src=x onerror=${script('file name')}>\n.yaml`]: json({
      ...texts,
      metadata: { name: 'broken-name', namespace: 'store' },
    }),
  };
}

/** A page that shows them by every view, in drawings and in sentences. */
export function hostilePage(): string {
  const views = [
    'resources',
    'applications',
    'projects',
    'sync',
    'sync-windows',
    'waves',
    'kept',
    'tear-down',
    'policies',
    'secrets',
    'routes',
    'stacks',
  ];
  return [
    '---\ntitle: "Hostile </title><script>__ran.push(\'page title\')</script>"\ndescription: "\\"><script>__ran.push(\'description\')</script>"\n---\n',
    ...views.map((view) => `::table{view="${view}"}\n`),
    ...['secrets', 'waves', 'around'].map((view) =>
      view === 'around'
        ? `::diagram{view="around" of="ConfigMap/store/texts"}\n`
        : `::diagram{view="${view}"}\n`,
    ),
    `\`\`\`d2\na: "<script>${script('d2 label')}</script>"\nb: |md\n  <img src="x" onerror="${script('d2 markdown')}" />\n|\na -> b: "</text><script>${script('d2 edge')}</script>"\n\`\`\`\n`,
  ].join('\n');
}
