import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { afterAll, describe, expect, test } from 'vitest';
import { href } from '../../plugins/checks/index.ts';
import { createEngine, fileAnchor, fileSlugs, resourceSlugs } from '../../plugins/engine/index.ts';
import { parsePage } from '../../plugins/markdown/index.ts';
import { withoutSecrets } from '../../plugins/starlight/pages/files/without-secrets.ts';
import { generatedPages } from '../../plugins/starlight/pages/generated.ts';
import { commitLink } from '../../plugins/starlight/site/commit-link.ts';
import { browseLink, siteLinks } from '../../plugins/starlight/site/site-links.ts';
import { remarkWithheld } from '../../plugins/starlight/site/withheld-links.ts';
import { english } from '../../plugins/words/index.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
const address = { base: '/', trailingSlash: 'ignore', format: 'directory' } as const;

describe('addresses', () => {
  test.each([
    ['/', 'directory', 'ignore', 'a/b', '/a/b/'],
    ['/docs', 'directory', 'ignore', 'a/b', '/docs/a/b/'],
    ['/docs/', 'directory', 'never', 'a/b', '/docs/a/b'],
    ['/docs', 'file', 'ignore', 'a/b', '/docs/a/b.html'],
    ['/docs', 'directory', 'ignore', '', '/docs/'],
  ] as const)('base %s, format %s, slashes %s', (base, format, trailingSlash, slug, expected) => {
    expect(href({ base, format, trailingSlash }, slug)).toBe(expected);
  });

  test('a source link escapes the file and leaves the commit to the end', () => {
    const place = { file: 'K8s/a b/#c.yaml', line: 7, column: 1, endLine: 7, endColumn: 2 };
    const link = browseLink('https://git.example.com/{commit}/{file}#L{line}', place);
    expect(link).toBe('https://git.example.com/__plumbline_commit__/K8s/a%20b/%23c.yaml#L7');
  });

  test.each([
    ['https://github.com/o/r/blob/{commit}/{file}#L{line}', 'https://github.com/o/r/commit/abc'],
    ['https://gitlab.com/g/r/-/blob/{commit}/{file}#L{line}', 'https://gitlab.com/g/r/-/commit/abc'],
    ['https://git.example.com/o/r/src/commit/{commit}/{file}', 'https://git.example.com/o/r/commit/abc'],
    ['https://bitbucket.org/o/r/src/{commit}/{file}#lines-{line}', 'https://bitbucket.org/o/r/commits/abc'],
    ['https://git.example.com/?at={commit}&path={file}', null],
    ['https://git.example.com/o/r/blob/main/{file}', null],
    [null, null],
  ])('of a commit by %s', (browse, expected) => {
    expect(commitLink(browse, 'abc-dirty')).toBe(expected);
  });
});

describe('a picture beyond the repository', () => {
  test('is not shown, wherever its path is written', () => {
    const root = folder({ 'site/docs/page.md': '', 'site/docs/in.svg': '', 'out.svg': '' });
    const page = join(root, 'site/docs/page.md');
    const text =
      '![in](in.svg) ![out](../../out.svg) ![ref][out] ![web](https://example.com/a.svg) ![none](./none.png) ![alias](~/none.png)\n\n[out]: ../../out.svg\n';
    const parsed = parsePage(text, 'md');
    if (!parsed.ok) throw new Error(parsed.message);
    remarkWithheld({ root: join(root, 'site'), docs: undefined, untrusted: false })(
      parsed.tree,
      new VFile({ path: page }),
    );
    const shown: string[] = [];
    visit(parsed.tree, ['image', 'imageReference'], (node) => {
      if ('alt' in node) shown.push(node.alt ?? '');
    });
    expect(shown).toEqual(['in', 'web', 'alias']);
    expect(JSON.stringify(parsed.tree)).toContain('none (a picture that is not there)');
    expect(JSON.stringify(parsed.tree)).toContain('out (a picture beyond the repository is not shown)');
  });
});

describe('an address that a browser would run', () => {
  test.each(['md', 'mdx'] as const)('is in no attribute of a published page of %s', (form) => {
    const text = `<form action="javascript:x"><button formaction="javascript:x" class="data:x">a</button></form>

<img src="javascript:x" alt="javascript:" srcset="/a.png 1x,javascript:x 2x" /> <a href="/in" ping="/b javascript:x">b</a>

<svg><a xlink:href="javascript:x"><set attributeName="href" to="javascript:x" /></a></svg>

<object data="data:image/svg+xml,x"></object> <video poster="data:image/png;base64,AA" src="vbscript:x"></video>
`;
    const parsed = parsePage(text, form);
    if (!parsed.ok) throw new Error(parsed.message);
    remarkWithheld({ root: '/', docs: undefined, untrusted: false })(parsed.tree, new VFile());
    const published: string[] = [];
    visit(parsed.tree, (node) => {
      if (node.type === 'html') published.push(node.value);
      if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement')
        for (const one of node.attributes)
          if (one.type === 'mdxJsxAttribute') published.push(`${one.name}="${one.value}"`);
    });
    const attributes = published.join(' ').match(/[\w:]+="[^"]*"/g);
    expect(attributes).toEqual([
      ...['action="#"', 'formaction="#"', 'class="data:x"', 'src="#"', 'alt="javascript:"', 'srcset="#"'],
      ...['href="/in"', 'ping="#"', 'xlink:href="#"', 'attributeName="href"', 'to="#"', 'data="#"'],
      ...['poster="data:image/png;base64,AA"', 'src="#"'],
    ]);
  });
});

describe('resource pages', () => {
  test('of the same name in two groups or written twice have addresses of their own', async () => {
    const manifest = (apiVersion: string) =>
      `apiVersion: ${apiVersion}\nkind: Service\nmetadata: { name: a, namespace: web }\n`;
    const { pages } = await made({
      'K8s/a.yaml': manifest('v1'),
      'K8s/b.yaml': manifest('serving.knative.dev/v1'),
      'K8s/c.yaml': manifest('v1'),
    });
    const ids = pages.map((page) => page.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('resources/service/web/a');
    expect(ids.filter((id) => id.startsWith('resources/service')).sort()).toEqual([
      'resources/service',
      'resources/service/web/a',
      'resources/service/web/a/2',
      'resources/service/web/a/serving-knative-dev',
    ]);
    expect(ids).toContain('resources/namespaces');
    const body = (id: string) => pages.find((page) => page.id === id)?.body ?? '';
    // The kind stands once, and its row says of each what only it has.
    expect(body('resources').match(/href="\/resources\/service\/"/g)).toHaveLength(1);
    for (const list of ['resources/service', 'resources/namespaces/web'])
      expect([...body(list).matchAll(/<span class="pl-muted">(\w\.yaml)</g)].map(([, file]) => file)).toEqual(
        ['a.yaml', 'c.yaml'],
      );
  });

  test('that are alike are told apart by what deploys them, and that by its cluster', async () => {
    const application = (cluster: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  project: default
  source: { repoURL: 'https://git.example.com/platform.git', path: K8s/web }
  destination: { name: ${cluster}, namespace: web }
`;
    const { pages } = await made({
      'K8s/apps/dev.yaml': application('dev'),
      'K8s/apps/prod.yaml': application('prod'),
      'K8s/web/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
    });
    const told = (id: string) => {
      const body = pages.find((page) => page.id === id)?.body ?? '';
      return [...body.matchAll(/<a [^>]*>(?:<code>)?web(?:<\/code>)?<\/a> <span class="pl-muted">(\w+)</g)]
        .map(([, name]) => name)
        .sort();
    };
    expect(told('resources/application')).toEqual(['dev', 'prod']);
    expect(new Set(told('resources/namespaces'))).toEqual(new Set(['dev', 'prod']));
  });

  test('that are alike are told apart where both have to do with a third', async () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: web }\nspec: { selector: { app: web } }\n';
    const { pages } = await made({
      'K8s/a.yaml': service,
      'K8s/c.yaml': service,
      'K8s/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
`,
    });
    const [, relations = ''] = bodyOf(pages, 'Deployment web/web').split('## Relations');
    expect([...relations.matchAll(/<span class="pl-muted">(\w\.yaml)</g)].map(([, file]) => file)).toEqual([
      'a.yaml',
      'c.yaml',
    ]);
  });

  test('of names that no file system takes have addresses all the same', async () => {
    const [a, b] = ['a', 'b'].map((end) => `${'n'.repeat(5000)}${end}`);
    const manifest = (name: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: web }\n`;
    const { pages } = await made({ 'K8s/a.yaml': manifest(a ?? ''), 'K8s/b.yaml': manifest(b ?? '') });
    const ids = pages.map((page) => page.id);
    expect(new Set(ids).size).toBe(6);
    for (const part of ids.flatMap((id) => id.split('/'))) expect(part.length).toBeLessThan(250);
  });

  test('have an index of each kind and of each namespace, and the one of all leads there', async () => {
    const manifest = (apiVersion: string, kind: string, name: string) =>
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: web }\n`;
    const { pages } = await made({
      'K8s/a.yaml': manifest('v1', 'Service', 'a'),
      'K8s/b.yaml': manifest('serving.knative.dev/v1', 'Service', 'b'),
      'K8s/c.yaml': manifest('v1', 'ConfigMap', 'c'),
      'K8s/d.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: empty }\n',
    });
    const body = (id: string) => pages.find((page) => page.id === id)?.body ?? '';
    const rows = (id: string) => [...body(id).matchAll(/<tr data-id=/g)].length;
    expect(rows('resources/service')).toBe(2);
    expect(body('resources/service')).toContain('serving.knative.dev/v1');
    // In the list of all its name says where it is written, where an arrow would lead to the same page.
    expect(body('resources')).toMatch(/<a [^>]*title="K8s\/a\.yaml:1"[^>]*>a</);
    expect(body('resources')).not.toContain('pl-to');
    expect(body('resources/service')).not.toContain('title="K8s');
    expect(rows('resources/configmap')).toBe(1);
    expect(rows('resources/namespaces/web')).toBe(3);
    const [base] = body('resources').match(/href="[^"]*\/resources\/service\/"/) ?? [];
    expect(base).toBeDefined();
    expect(body('resources')).toMatch(/href="[^"]*\/resources\/namespaces\/web\/"/);
    // One that something is in, and one that is declared and holds nothing.
    expect(rows('resources/namespaces')).toBe(2);
    expect(body('resources/namespaces')).toContain('not declared here');
    expect(body('resources/namespaces')).not.toMatch(/href="[^"]*\/resources\/namespaces\/empty\/"/);
    // Nothing applies them in a wave.
    expect(body('resources/configmap')).not.toContain('>0<');
    expect(body('resources')).not.toContain('data-column="wave"');
    expect(body('resources')).toContain('href="/resources/namespaces/"');
  });

  test('carry no markup of the repository', async () => {
    const hostile = '<img src=x onerror=alert(1)> ``` :::note {x} [a](javascript:b)';
    const { pages } = await made({
      'K8s/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: '${hostile}'\n  namespace: '${hostile}'\ndata:\n  a: |\n    ${hostile}\n    \`\`\`\`\n    <script>alert(1)</script>\n`,
    });
    for (const page of pages) {
      const outsideFences = page.body.replace(/^(`{3,})yaml[\s\S]*?^\1$/gm, '');
      const tags: string[] = [];
      visit(fromHtml(outsideFences, { fragment: true }), 'element', (element) => {
        tags.push(element.tagName);
      });
      expect(tags).not.toContain('img');
      expect(tags).not.toContain('script');
      expect(page.body).not.toMatch(/^[^`]*\n\n<img/);
    }
  });

  test('of a policy, a set, a project, a route and a Gateway answer what each is asked', async () => {
    const { pages } = await made({
      'K8s/policy.yaml': `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: limits, annotations: { policies.kyverno.io/severity: high } }
spec:
  rules:
    - name: memory
      match: { any: [{ resources: { kinds: [ConfigMap] } }] }
      validate:
        failureAction: Enforce
        message: "<b>Needs</b> a size."
        pattern: { data: { size: "?*" } }
`,
      'K8s/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: small, namespace: web }\n',
      'K8s/set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all, namespace: argocd }
spec:
  generators: [{ clusters: {} }]
  template: { metadata: { name: "x-{{name}}" }, spec: { project: web, syncPolicy: { automated: {} } } }
`,
      'K8s/project.yaml': `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: web, namespace: argocd }
spec:
  syncWindows: [{ kind: deny, schedule: "0 22 * * 1", duration: 1h, applications: ["*"], manualSync: true }]
`,
      'K8s/gateway.yaml': `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: web }
spec: { gatewayClassName: c, listeners: [{ name: web, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop, namespace: web }
spec:
  hostnames: [shop.example.com]
  parentRefs: [{ name: edge }]
  rules: [{ matches: [{ path: { value: /cart } }], backendRefs: [{ name: cart, port: 80, weight: 3 }] }]
`,
    });
    const body = (id: string) => pages.find((page) => page.id === `resources/${id}`)?.body ?? '';
    const policy = body('clusterpolicy/limits');
    expect(policy).toContain('id="rule-memory"');
    expect(policy).toContain('&#x3C;b>Needs&#x3C;/b> a size.');
    expect(policy).toContain('<span class="pl-bad">1 fail</span>');
    expect(body('policies')).toContain('#rule-memory">&#x3C;b>Needs');
    expect(body('applicationset/argocd/all')).toContain('one for each cluster that Argo CD knows');
    expect(body('appproject/argocd/web')).toMatch(/Mondays 22:00 for 1 h, UTC.*by hand at any time/);
    expect(body('gateway/web/edge')).toMatch(/<strong>web<\/strong> HTTP 80, every host: .*shop/);
    expect(body('httproute/web/shop')).toMatch(/prefix \/cart.*(weight 3)/);
  });

  test('never show the values of a Secret', async () => {
    const { pages } = await made({
      'K8s/a.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: web }\nstringData: { key: planted-value }\n',
    });
    expect(JSON.stringify(pages)).not.toContain('planted-value');
    expect(JSON.stringify(pages)).toContain('key');
  });
});

describe('a file that is no resource', () => {
  test('is shown, and its lines lead there, where no Git host is known', async () => {
    const { pages } = await made({
      'K8s/web/kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: web-\n',
      'K8s/web/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: web }\n',
      'K8s/web/values.yaml': 'auth:\n  adminPassword: planted\n  existingSecret: other # kept\n',
    });
    // All of a small root is one page.
    const files = pages.find(({ id }) => id === 'resources/files/k8s')?.body ?? '';
    expect(files).toContain('existingSecret');
    expect(files).not.toContain('planted');
    const anchor = fileAnchor('K8s/web/kustomization.yaml', 2);
    expect(files).toContain(`id="${anchor}"`);
    const body = bodyOf(pages, 'ConfigMap web/web-a');
    expect(body).toContain(`href="/resources/files/k8s/#${fileAnchor('K8s/web/kustomization.yaml', 1)}"`);
  });

  test.each([
    ['password: x', 'password: …'],
    ['  - api_key: "x y"', '  - api_key: …'],
    ['a:\n  tls-private-key: |\n    x\n\n    y\n  b: 1', 'a:\n  tls-private-key: …\n\n\n\n  b: 1'],
    ['secret: x\npassword: ${GIVEN}', 'secret: …\npassword: ${GIVEN}'],
    ['tokens: 3\nsecretName: a\npassword: ""', 'tokens: 3\nsecretName: a\npassword: ""'],
  ])('%j has no passwords', (text, shown) => {
    expect(withoutSecrets(text)).toBe(shown);
  });
});

describe('the page of a resource', () => {
  test('has a title of its own, whatever others are called', async () => {
    const manifest = (apiVersion: string) =>
      `apiVersion: ${apiVersion}\nkind: Service\nmetadata: { name: a, namespace: web }\n`;
    const { pages } = await made({
      'K8s/a.yaml': manifest('v1'),
      'K8s/b.yaml': manifest('serving.knative.dev/v1'),
      'K8s/c.yaml': manifest('v1'),
      'K8s/d.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: chat-webhook, namespace: cicd }\n',
    });
    const titles = pages.map(({ data }) => String(data.title));
    console.log(
      `titles shared by several pages: ${titles.length - new Set(titles).size} of ${titles.length}`,
    );
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles).toContain('Secret cicd/chat-webhook');
    const head = pages.find(({ data }) => data.title === 'Secret cicd/chat-webhook')?.head ?? '';
    const [, heading = ''] = /<h1[^>]*>(.*)<\/h1>/.exec(head) ?? [];
    expect(heading.replaceAll(/<[^>]*>/g, '')).toBe('Secret cicd/chat-webhook');
  });

  test('shows what is written with its comments, and beside it each rendered line with what made it so', async () => {
    const { pages } = await made({
      'K8s/kustomization.yaml': 'resources: [a.yaml]\nlabels:\n  - pairs: { team: web }\n',
      'K8s/a.yaml': `# Read by nobody.
apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: web }
data:
  # Why it is so.
  key: value
`,
    });
    const body = bodyOf(pages, 'ConfigMap web/a');
    expect(body).toContain('## Manifest as written');
    expect(body).toContain('<em># Why it is so.</em>');
    expect(body).toMatch(/<a id="L7"> {2}<b>key:<\/b> value/);
    expect(body).toContain('## Rendered manifest');
    expect(body).toMatch(/<b>team:<\/b> web<i class="pl-cause">kustomization\.yaml:3 labels<\/i>/);
    // Where no host shows the file, the lines that made it so stand here.
    expect(body).toContain('pairs: { team: web }');
    expect(body.match(/pl-cause/g)).toHaveLength(1);
    // What is as written stands there once.
    expect(body).toContain('what kustomize changes on the way to the cluster');
    expect(body.match(/<b>key:<\/b> value/g)).toHaveLength(1);
    expect(body).toMatch(/<pre><code><a><b>metadata:<\/b>&#10;<\/a><a> {2}<b>labels:<\/b>/);
    // What added them says so as they are.
    const { pages: plain } = await made({
      'K8s/kustomization.yaml': 'resources: [a.yaml]\nlabels:\n  - pairs:\n      team: web\n',
      'K8s/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: web }\n',
    });
    const own = bodyOf(plain, 'ConfigMap web/a');
    expect(own).toContain('<span>    team: web</span>');
    expect(own).toContain('kustomize adds what these lines say');
    expect(own).not.toContain('pl-cause');
  });

  test('of a Secret that is made in the cluster shows no manifest, but its keys, their way and their readers', async () => {
    const { pages } = await made({
      'K8s/secret.yaml': `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: token, namespace: web }
spec:
  refreshInterval: 15m
  secretStoreRef: { name: vault, kind: SecretStore }
  target: { name: token }
  data: [{ secretKey: password, remoteRef: { key: web/token, property: secret } }]
`,
      'K8s/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0.0
          env: [{ name: PASSWORD, valueFrom: { secretKeyRef: { name: token, key: password } } }]
`,
    });
    const body = bodyOf(pages, 'Secret web/token');
    const words = body
      .replaceAll('<wbr>', '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ');
    expect(words).toContain('by ExternalSecret/token. Its values are in the cluster alone.');
    expect(body).not.toMatch(/## .*[Mm]anifest/);
    expect(words).not.toContain('wave');
    expect(words).toContain('in the cluster: no sync applies it');
    expect(words).toMatch(
      /password web\/token#secret ExternalSecret\/ ?token SecretStore\/vault 15m Deployment\/ ?web\/ ?web/,
    );
    expect(words).toContain('web/env/PASSWORD');
    expect(words).toContain('kubectl describe -n web secret/token');
    expect(bodyOf(pages, 'Deployment web/web').replaceAll(/<[^>]*>/g, '')).toContain(
      'registry.example.com/web:1.0.0',
    );
  });
});

test('of very many policies that judge it, a page shows those that say more than that it passes', async () => {
  const policy = (name: string, value: string) => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: ${name} }
spec:
  rules:
    - name: labelled
      match: { any: [{ resources: { kinds: [ConfigMap] } }] }
      validate: { message: label it, pattern: { metadata: { labels: { team: ${value} } } } }
`;
  const names = Array.from({ length: 44 }, (_, index) => `p-${index}`);
  const { pages } = await made({
    'apps/cm.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web, namespace: web, labels: { team: a } }\n',
    ...Object.fromEntries(names.map((name) => [`apps/${name}.yaml`, policy(name, 'a')])),
    'apps/z-last.yaml': policy('z-last', 'b'),
  });
  const list = /pl-policies[\s\S]*?<\/ul>/.exec(bodyOf(pages, 'ConfigMap web/web'))?.[0] ?? '';
  expect(list.split('<li>')).toHaveLength(1 + 40 + 1);
  expect(list.replaceAll(/<[^>]*>/g, '')).toMatch(/^[^>]*>ClusterPolicy\/z-last labelled[\s\S]*and 5 more$/);
});

function bodyOf(pages: { data: Record<string, unknown>; body: string }[], title: string): string {
  const found = pages.find(({ data }) => data.title === title);
  if (!found) throw new Error(`no page ${title}`);
  return found.body;
}

async function made(files: Record<string, string>) {
  const root = folder(files);
  const engine = await createEngine({ root });
  const slugs = resourceSlugs(engine.platform.model);
  const shown = fileSlugs(engine.platform, slugs.values());
  const links = siteLinks(address, engine.platform.model, slugs, null, shown);
  const pages = generatedPages(engine, {
    address,
    resources: true,
    rules: false,
    slugs,
    links,
    speech: english,
  });
  await engine.dispose();
  return { pages };
}

function folder(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-pages-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    const file = resolve(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return root;
}
