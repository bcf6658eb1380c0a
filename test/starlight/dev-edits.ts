import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const fixture = resolve(import.meta.dirname, '../fixtures/site-store');
const read = (file: string): string => readFileSync(resolve(fixture, file), 'utf8');

/** The text of a file of the fixture, and the same with one thing changed for each pair. */
function written(file: string, ...changes: [from: string, to: string][]): [string, string[]] {
  const text = read(file);
  return [file, [text, ...changes.map(([from, to]) => text.replace(from, to))]];
}

function page(title: string, body: string, more = ''): string {
  return `---\ntitle: ${title}\n${more}---\n\n${body}\n`;
}

const picture = (colour: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path fill="${colour}" d="M0 0h9v9z"/></svg>`;
const map = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

const browsed = read('plumbline.yaml').replace(
  'browse: null',
  'browse: https://git.example.com/store/{commit}/{file}#L{line}',
);

/**
 * What each file of a site may hold while somebody edits it; null where there is none. The first is what it
 * begins with. Whatever the others hold, a server has a page to show.
 */
export const edits: ReadonlyMap<string, readonly (string | null)[]> = new Map<string, (string | null)[]>([
  written(
    'K8s/store/governance/namespace.yaml',
    ['-5', '-6'],
    ['-5', '8'],
    ['metadata:', 'metadata: ['],
    ['name: store', 'name: shop'],
  ),
  written('K8s/store/web/deployment.yaml', ['replicas: 2', 'replicas: 3'], ['Deployment', 'StatefulSet']),
  written('K8s/store/web/service.yaml', ['80', '8080']),
  [
    'K8s/store/web/kustomization.yaml',
    [
      null,
      'resources: [deployment.yaml, service.yaml]\nnamePrefix: my-\n',
      'resources: [deployment.yaml, nowhere.yaml]\n',
    ],
  ],
  ['K8s/store/extra/config.yaml', [null, map('late')]],
  ['K8s/store/chart/Chart.yaml', [null, 'apiVersion: v2\nname: chart\nversion: 0.1.0\n']],
  ['K8s/store/chart/templates/map.yaml', [null, map('{{ .Release.Name }}'), map('{{ .Values.a.b }}')]],
  written('IT/argocd/appproject-store.yaml', ['namespace: store', 'namespace: nowhere']),
  written(
    'docs/guide/waves.md',
    ['[-5]', '[]'],
    ['## Order', '## Sequence'],
    ['title: Waves', 'title: Waves\nsidebar: { order: x }'],
  ),
  written('docs/guide/picture.md', ['store -> namespace', 'namespace -> store']),
  written('docs/guide/live.mdx', ['fact[1]', 'fact[2]']),
  [
    'docs/guide/parts.md',
    [
      null,
      page(
        'Parts',
        '```d2 title="Box"\nthe: @box\n```\n\n```make source="Makefile"\n```\n\n`ConfigMap/store/late`',
      ),
      page(
        'Parts',
        '```d2 title="Icon"\na: { icon: ./icon.svg; shape: image }\n```\n\n[two](more/two.md#there)',
      ),
    ],
  ],
  ['docs/guide/box.d2', ['box: Before\n', 'box: After\n', null]],
  ['docs/guide/icon.svg', [picture('red'), picture('blue'), null]],
  ['Makefile', ['all: before\n', 'all: after\n', null]],
  [
    'docs/guide/more/two.md',
    [
      null,
      page('Two', '## There\n\n[waves](../waves.md#order) [manifest](../../../K8s/store/web/service.yaml)'),
      page('Two', '## Here', 'slug: guide/elsewhere\n'),
    ],
  ],
  ['docs/resources/namespace/store.md', [null, page('Mine', 'My own page.')]],
  // Links name the commit.
  ['plumbline.yaml', [browsed, `${browsed}severity: {claim-false: warning}\n`, read('plumbline.yaml')]],
]);
