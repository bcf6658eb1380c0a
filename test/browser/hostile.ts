/** A platform and a page in which every text tries to run a script. */

import { ruleNames } from '../../plugins/checks/index.ts';
import { shareOfDay } from '../fuzz.ts';

const script = (name: string) => `__ran.push('${name}')`;

/** Who must never be asked for anything. */
export const elsewhere = 'elsewhere.example';

/**
 * What ends a title, an attribute, a comment, a fence, a block of HTML and a line, runs as CSS, SVG, MDX or a
 * template, or asks another host.
 */
export function attacks(name: string): string[] {
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
    `javascript:${run}`,
    `</style><style>@import "https://${elsewhere}/a"; * { background: url(https://${elsewhere}/b) }</style>`,
    `x" style="background:url(https://${elsewhere}/c)" data-x="`,
    `<svg><use href="https://${elsewhere}/d"/><animate onbegin="${run}" attributeName=x dur=1s /></svg>`,
    `{${run}} {{constructor.constructor("${run}")()}} \${${run}} <%= ${run} %> {{ .x }}`,
    `![x](https://${elsewhere}/e) <https://${elsewhere}/f> [y]: https://${elsewhere}/g`,
    `<iframe srcdoc="<script>parent.${run}</script>"></iframe><embed src="https://${elsewhere}/h">`,
    `<base href="https://${elsewhere}/"><link rel=stylesheet href="https://${elsewhere}/i"><meta http-equiv=refresh content="0;url=https://${elsewhere}">`,
    `&lt;img src=x onerror=${run}&gt; %3Cscript%3E${run}%3C/script%3E \\x3cscript>${run}\\x3c/script>`,
    `|md <img src=x onerror=${run}> | }; x: { link: "javascript:${run}"; icon: https://${elsewhere}/j }`,
  ];
}

/** All of it is told; here it is to be built nevertheless. */
export const hostileSeverities = `severity:\n${ruleNames.map((rule) => `  ${rule}: warning\n`).join('')}`;

const all = (name: string) => attacks(name).join(' ');
const json = (value: unknown) => JSON.stringify(value);

/**
 * Manifests by path. Each attack is one of their texts; a third of them each day are names and kinds, as each
 * of these has its page.
 */
export function hostileManifests(): Record<string, string> {
  const { chosen: indexes } = shareOfDay([...attacks('name').keys()], 3, 3);
  const names = indexes.map((index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: attacks('name')[index], namespace: 'store' },
  }));
  const kinds = indexes.map((index) => ({
    apiVersion: `example.com${attacks('group')[index]}/v1`,
    kind: attacks('kind')[index],
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

/** A page that shows them by every view, in drawings and in sentences, with an attack in all it states. */
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
  // In an attribute no quote of its kind, in a text of Markdown no HTML: that is the author's own.
  const attribute = (name: string) => all(name).replaceAll(/["`\n\r]/g, ' ');
  const text = (name: string) =>
    all(name)
      .replaceAll(/[\n\r]/g, ' ')
      .replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
  return [
    `---\n${json({
      title: `Hostile ${all('page title')}`,
      description: all('description'),
      sidebar: { label: all('sidebar label'), badge: { text: all('badge') } },
      prev: { label: all('prev'), link: `javascript:${script('prev')}` },
      next: { label: all('next'), link: `data:text/html,<script>parent.${script('next')}</script>` },
    })}\n---\n`,
    ...views.map((view) => `::table{view="${view}" caption="${attribute(`caption of ${view}`)}"}\n`),
    ...['secrets', 'waves', 'around', 'applications', 'routes', 'events'].map((view) =>
      view === 'around'
        ? `::diagram{view="around" of="ConfigMap/store/texts" title="${attribute('diagram')}"}\n`
        : `::diagram{view="${view}" title="${attribute(`diagram of ${view}`)}"}\n`,
    ),
    `\`\`\`d2 title="${attribute('d2 title')}"\na: "<script>${script('d2 label')}</script>"\nb: |md\n  <img src="x" onerror="${script('d2 markdown')}" /> ![x](https://${elsewhere}/d2) [y](javascript:${script('d2 link')})\n|\na -> b: "</text><script>${script('d2 edge')}</script>"\nc: ${json(all('d2 string').replaceAll('$', ''))} { link: "javascript:${script('d2 shape link')}"; tooltip: ${json(all('d2 tip').replaceAll('$', ''))} }\nd: { icon: https://${elsewhere}/icon.svg; link: "gitops:${attribute('d2 reference').replaceAll(/[\\$]/g, '')}" }\n\`\`\`\n`,
    `There are :fact[${text('fact')}]{count="kind == '${attribute('in a fact').replaceAll(/['\\]/g, '')}'"}, \n`,
    `:claim[${text('claim')}]{of="kind == 'ConfigMap'" all="name == '${attribute('in a claim').replaceAll(/['\\]/g, '')}'"}.\n`,
    `:fact[x]{value="${attribute('expression')}"}\n`,
    `::table{view="${attribute('no view')}"}\n`,
    `::table{view="resources" ${'w'}here="${attribute('where')}"}\n`,
    `\`\`\`yaml source="K8s/${attribute('source')}" at="${attribute('at')}" title="${attribute('excerpt title')}"\n\`\`\`\n`,
    `\`\`\`yaml title="${attribute('fence title')}"\n${all('in a fence').replaceAll('`', '')}\n\`\`\`\n`,
    ...attacks('inline code').map(
      (one) =>
        `\`K8s/${one.replaceAll(/[`\n\r]/g, '')}.yaml\` \`ConfigMap/${one.replaceAll(/[`\n\r/]/g, '')}\`\n`,
    ),
    `\`\`\`sh\n${attacks('command')
      .map((one) => `kubectl -n store get ConfigMap/${one.replaceAll(/[\n\r`]/g, ' ')}`)
      .join('\n')}\n\`\`\`\n`,
    `[${text('link')}](<./${attribute('href').replaceAll(/[<>\\]/g, '')}> "${attribute('link title')}") ![${text('alt')}](<./${attribute('src').replaceAll(/[<>\\]/g, '')}.png>)\n`,
    `[x](javascript:${script('link')}) <a href="&#106;avascript&colon;${script('html link')}">y</a>\n`,
    `<!-- plumbline-ignore claim-false: ${attribute('reason').replaceAll('-->', '')} -->\n`,
    `| ${text('cell').replaceAll('|', '')} |\n| - |\n| ${text('cell').replaceAll('|', '')} |\n`,
    `:::note[${text('aside')}]\n${text('in an aside')}\n:::\n`,
  ].join('\n');
}

/** A page that is not one's own: every attack as Markdown, as HTML and in each field of its front matter. */
export function foreignPage(format: 'md' | 'mdx'): string {
  const run = script('foreign');
  const html = (name: string) => all(`foreign ${name}`);
  const data = {
    title: html('title'),
    description: html('description'),
    head: [
      { tag: 'script', content: script('head') },
      { tag: 'link', attrs: { rel: 'stylesheet', href: `https://${elsewhere}/head` } },
    ],
    banner: { content: html('banner') },
    editUrl: `javascript:${run}`,
    hero: {
      title: html('hero'),
      tagline: html('tagline'),
      image: { html: html('image') },
      actions: [
        {
          text: html('action'),
          link: `javascript:${run}`,
          icon: `<svg onload="${run}"></svg>`,
          attrs: { onclick: run, autofocus: true, onfocus: run },
        },
      ],
    },
    sidebar: {
      label: html('label'),
      badge: { text: html('badge'), class: html('class') },
      attrs: { onfocus: run, autofocus: true, href: `javascript:${run}` },
    },
    prev: { link: `javascript:${run}`, label: html('prev') },
    next: { link: `vbscript:${run}`, label: html('next') },
  };
  const inBody = attacks(`foreign ${format}`).join('\n\n');
  const mdx = `import fs from 'node:fs';\nexport const ran = ${script('export')};\n\n<div onClick={() => ${run}} style={{ background: 'url(https://${elsewhere}/mdx)' }}>{${run}}</div>\n\n<Live client:load href="javascript:${run}" title="Live" />\n`;
  const picture = '![x](./picture.svg) ![y](https://elsewhere.example/y.png)';
  return `---\n${json(data)}\n---\n\n::table{view="resources"}\n\n${picture}\n\n${format === 'mdx' ? mdx : inBody}\n`;
}

/** A picture that runs a script where it is opened by itself. */
export const hostilePicture = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>${script('picture')}</script><image href="https://${elsewhere}/picture"/></svg>`;
