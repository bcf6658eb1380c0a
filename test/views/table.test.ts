import fc from 'fast-check';
import { toString as textOf } from 'mdast-util-to-string';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { describe, expect, test } from 'vitest';
import { createQuery } from '../../plugins/query/index.ts';
import {
  type TableOptions,
  tableOf,
  tableToCsv,
  tableToMarkdown,
  tableViews,
  type ViewFault,
  wavesOf,
} from '../../plugins/views/index.ts';
import { runs } from '../fuzz.ts';
import { application, platform, resource } from './platform.ts';
import { shop } from './shop.ts';

const whole = platform(shop);
const query = createQuery(whole);

describe('every view, word for word', () => {
  const expected: Record<string, string> = {
    waves: `
| Wave | Kind | Name | Namespace | Application | File |
| --: | --- | --- | --- | --- | --- |
| -2 | Namespace | shop | — | shop-governance | \`K8s/shop/governance/namespace.yaml\` |
| 2 | HTTPRoute | web | shop | shop-web | \`K8s/shop/web/route.yaml\` |
| 1 | Gateway | edge | gateway | none | \`IT/gateway/gateway.yaml\` |

Not verified:

- helm chart cilium 1.17.0 (\`IT/cilium/kustomization.yaml:3\`): needs a network
- helm chart redis 20.1.0 (\`K8s/shop/web/kustomization.yaml:4\`): needs a network
`,
    projects: `
| Project | Sources | Destinations | Allowed kinds | Denied kinds | Applications |
| --- | --- | --- | --- | --- | --- |
| business | \`https://git.example.com/platform.git\` | shop, any namespace on any cluster | all namespaced kinds, \`Namespace\` | \`rbac.authorization.k8s.io/*\` | shop-governance, shop-web |
`,
    applicationsets: `
| ApplicationSet | Project | Watches | Applications |
| --- | --- | --- | --- |
| shop | business | \`K8s/shop/*\`, not K8s/shop/old | shop-governance, shop-web |
`,
    applications: `
| Application | Project | Path | Type | Namespace | Resources | Permitted |
| --- | --- | --- | --- | --- | --: | --- |
| shop-governance | business | \`K8s/shop-governance\` | Kustomize | shop | 2 | yes |
| shop-web | business | \`K8s/shop-web\` | Kustomize | shop | 4+ | namespace shop is not permitted |

Not verified:

- helm chart redis 20.1.0 (\`K8s/shop/web/kustomization.yaml:4\`): needs a network
`,
    sync: `
| For | Automated | Prune | Self-heal | Options | Retries | Ignored differences |
| --- | --- | --- | --- | --- | --: | --- |
| shop | yes | yes | yes | \`ServerSideApply=true\` | — | — |
| every application | — | — | — | — | — | MutatingWebhookConfiguration: .webhooks\\[\\]?.clientConfig.caBundle |
`,
    policies: `
| Policy | Rule | Type | Kinds | Scope | Action | Matches | Pass | Fail |
| --- | --- | --- | --- | --- | --- | --: | --: | --: |
| need-labels | owner | validate | \`Namespace\` | except kube-\\* | Audit | 1 | 0 | 1 |
| need-labels | deny-all | generate | \`Namespace\` | — | makes NetworkPolicy | 1 | — | — |

Not verified:

- helm chart cilium 1.17.0 (\`IT/cilium/kustomization.yaml:3\`): needs a network
- helm chart redis 20.1.0 (\`K8s/shop/web/kustomization.yaml:4\`): needs a network
`,
    'policy-results': `
| Policy | Rule | Resource | Result | Action | Message |
| --- | --- | --- | --- | --- | --- |
| need-labels | owner | Namespace/shop | fail | Audit | no owner |

Not verified:

- helm chart cilium 1.17.0 (\`IT/cilium/kustomization.yaml:3\`): needs a network
- helm chart redis 20.1.0 (\`K8s/shop/web/kustomization.yaml:4\`): needs a network
`,
    'policy-matrix': `
| Policy | shop |
| --- | --- |
| need-labels | 1 fail |

Not verified:

- helm chart cilium 1.17.0 (\`IT/cilium/kustomization.yaml:3\`): needs a network
- helm chart redis 20.1.0 (\`K8s/shop/web/kustomization.yaml:4\`): needs a network
`,
    events: `
| Source | Event | Type | Sensor | Trigger | Action | Live |
| --- | --- | --- | --- | --- | --- | --- |
| hooks | pull-request | github | build | run | submit WorkflowTemplate/test | yes |
| gone | x | — | build | none | — | no |
`,
    secrets: `
| Secret | Namespace | External secret | Store | Creation | Refresh | Keys |
| --- | --- | --- | --- | --- | --- | --- |
| db | shop | db | vault | Merge | 1h | \`password\` |
`,
    routes: `
| Host names | Route | Gateway | Backend | Accepted | Wave | Application |
| --- | --- | --- | --- | --- | --: | --- |
| \`shop.example.com\` | web | edge (https) | web:80 | yes | 2 | shop-web |
`,
    stacks: `
| Stack | Folder | ApplicationSet | Project | Namespace | Applications |
| --- | --- | --- | --- | --- | --- |
| shop | \`K8s/shop\` | shop | business | shop | shop-governance, shop-web |
`,
    bootstrap: `
| Part | Charts | Resources | Namespaces |
| --- | --- | --- | --- |
| argocd | — | AppProject, ConfigMap | argocd |
| cilium | cilium 1.17.0 | — | — |
| gateway | — | Gateway | gateway |

Not verified:

- helm chart cilium 1.17.0 (\`IT/cilium/kustomization.yaml:3\`): needs a network
`,
  };
  test.each(Object.entries(expected))('%s', (view, markdown) => {
    expect(`\n${markdownOf({ view })}`).toBe(markdown);
  });
});

describe('attributes', () => {
  test('where, columns, sort and limit', () => {
    const markdown = markdownOf({
      view: 'resources',
      where: "kind in ['Deployment', 'Service', 'Secret']",
      columns: 'kind, replicas = spec.replicas, twice = spec.replicas * 2, file parts = [kind, name]',
      sort: '-kind',
      limit: '2',
    });
    expect(markdown).toBe(`| Kind | replicas | twice | file parts |
| --- | --: | --: | --- |
| Service | — | — | Service, web |
| Secret | — | — | Secret, db |

_2 of 3 rows._

Not verified:

- helm chart cilium 1.17.0 (\`IT/cilium/kustomization.yaml:3\`): needs a network
- helm chart redis 20.1.0 (\`K8s/shop/web/kustomization.yaml:4\`): needs a network
`);
  });
  test('group heads its rows and leaves its column', () => {
    expect(
      markdownOf({ view: 'waves', group: 'application', columns: 'wave, name' }),
    ).toContain(`**shop-governance**

| Wave | Name |
| --: | --- |
| -2 | shop |

**shop-web**

| Wave | Name |
| --: | --- |
| 2 | web |

**none**`);
  });
  test('a selection of nothing is a table of nothing', () => {
    expect(markdownOf({ view: 'projects', where: "name == 'other'" })).toBe('_No rows._\n');
  });
  test('bootstrap is filtered by its parts', () => {
    expect(tableOf(whole, query, { view: 'bootstrap', where: "name == 'cilium'" })).toMatchObject({
      table: { total: 1, unverified: [{ what: 'helm chart cilium 1.17.0' }] },
    });
  });
  test('what is unknown follows the filter, and is said of an empty answer', () => {
    const unverified = (where: string) => tableOf(whole, query, { view: 'resources', where });
    expect(unverified("application == 'shop-governance'")).toMatchObject({ table: { unverified: [] } });
    expect(unverified("application == 'shop-web'")).toMatchObject({
      table: { unverified: [{ what: 'helm chart redis 20.1.0' }] },
    });
    expect(unverified("kind == 'StatefulSet'")).toMatchObject({ table: { rows: [], unverified: [{}, {}] } });
  });
});

describe('faults', () => {
  test.each<[string, TableOptions, Partial<ViewFault>]>([
    [
      'view',
      { view: 'wavs' },
      { attribute: 'view', message: 'there is no table view `wavs`', candidates: ['waves'] },
    ],
    ['no view', { view: '' }, { attribute: 'view', message: 'a table needs a `view`' }],
    ['attribute', { view: 'waves', wher: 'x' } as TableOptions, { attribute: 'wher', candidates: ['where'] }],
    [
      'column',
      { view: 'waves', columns: 'wave, nmae' },
      { attribute: 'columns', offset: 6, length: 4, candidates: ['name'] },
    ],
    [
      'column twice',
      { view: 'waves', columns: 'wave, wave' },
      { attribute: 'columns', offset: 6, message: 'the column `wave` is there twice' },
    ],
    ['column id', { view: 'waves', columns: 'id = name' }, { attribute: 'columns', offset: 0, length: 2 }],
    [
      'expression',
      { view: 'waves', columns: 'wave, x = kindd' },
      { attribute: 'columns', offset: 10, length: 5, candidates: ['kind'] },
    ],
    [
      'absent everywhere',
      { view: 'waves', columns: 'x = spec.nothing' },
      { attribute: 'columns', offset: 4, length: 12, message: 'no row has `spec.nothing`' },
    ],
    [
      'where',
      { view: 'waves', where: "kind == 'x' && nmae == 'y'" },
      { attribute: 'where', offset: 15, length: 4, candidates: ['name'] },
    ],
    [
      'sort',
      { view: 'waves', sort: 'wave, -nmae' },
      { attribute: 'sort', offset: 7, length: 4, candidates: ['name'] },
    ],
    ['group', { view: 'waves', group: 'applicaton' }, { attribute: 'group', candidates: ['application'] }],
    ['limit', { view: 'waves', limit: 'ten' }, { attribute: 'limit' }],
  ])('%s', (_name, options, fault) => {
    const result = tableOf(whole, query, options);
    expect(result.ok ? [] : result.faults).toMatchObject([fault]);
  });
  test('all at once', () => {
    const result = tableOf(whole, query, { view: 'waves', where: 'x', columns: 'y', sort: 'z', limit: '0' });
    expect(result.ok ? [] : result.faults.map((fault) => fault.attribute)).toEqual([
      'where',
      'columns',
      'sort',
      'limit',
    ]);
  });
});

describe('formats', () => {
  const hostile = platform({
    resources: [
      resource({
        kind: 'ConfigMap',
        metadata: {
          name: 'a|b`c*_<img src=x>_[x](javascript:y)\n# http://e.x',
          labels: { q: 'say "hi", x\ny' },
        },
      }),
    ],
  });
  const table = tableOf(hostile, createQuery(hostile), {
    view: 'resources',
    columns: 'name, q = labels.q, file',
  });
  test('Markdown reads as the text did, whatever the text', () => {
    const markdown = remark().use(remarkGfm);
    const pieces = fc.constantFrom(
      'a',
      ' ',
      '|',
      '`',
      '``',
      '*',
      '_',
      '\\',
      '<b>',
      '[x](y)',
      '&amp;',
      '&',
      '~',
      ':x[y]',
      '::t{a=b}',
      '#',
      '$',
      '!',
      '-',
      'é',
      '{',
      '}',
    );
    const texts = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => `x${parts.join('')}x`);
    fc.assert(
      fc.property(texts, fc.boolean(), (text, code) => {
        const made = {
          view: 'x',
          caption: '',
          columns: [{ name: 'a', label: 'A' }],
          rows: [{ id: '1', cells: [{ text, code }], origin: null }],
          total: 1,
          unverified: [],
        };
        const tree = markdown.parse(tableToMarkdown(made));
        const [node] = tree.children;
        if (node?.type !== 'table') throw new Error('no table');
        expect(textOf(node.children[1]?.children[0])).toBe(text);
        const types = new Set(node.children[1]?.children[0]?.children.map((child) => child.type));
        expect([...types]).toEqual([code && !text.includes('\\|') ? 'inlineCode' : 'text']);
        // A formatter that writes the page anew leaves it so.
        const [again] = markdown.parse(markdown.stringify(tree)).children;
        expect(again?.type === 'table' && textOf(again.children[1]?.children[0])).toBe(text);
      }),
      { numRuns: runs(600) },
    );
  });
  test('links are made where a resolver is given', () => {
    const { table: one } = tableOf(whole, query, { view: 'routes', columns: 'route' }) as {
      table: Parameters<typeof tableToMarkdown>[0];
    };
    expect(tableToMarkdown(one, { resource: (id) => `/r/${id}|x>` })).toContain(
      '| [web](</r/HTTPRoute.gateway.networking.k8s.io/shop/web%7Cx%3E>) |',
    );
  });
  test('CSV follows RFC 4180', () => {
    expect(table.ok && tableToCsv(table.table).slice(0, 6)).toBe('name,q');
    expect(table.ok && tableToCsv(table.table)).toContain('"say ""hi"", x\ny"');
    expect(table.ok && tableToCsv(table.table).endsWith('\r\n')).toBe(true);
    if (!table.ok) throw new Error('there is no table');
    // What a spreadsheet would take for a formula is text, and a number is a number.
    const cells = ['=1+2', '-5', '+1.5', '@sum(1)', '-a', '\t=x'].map((text) => ({ text }));
    expect(
      tableToCsv({ ...table.table, rows: [{ id: '', cells }] } as typeof table.table).split('\r\n')[1],
    ).toBe(`'=1+2,-5,+1.5,'@sum(1),'-a,'\t=x`);
  });
});

describe('properties', () => {
  const kinds = fc.constantFrom('Deployment', 'Service', 'Namespace', 'ConfigMap');
  // A model gives each an id of its own.
  const resources = fc.uniqueArray(
    fc.record({
      kind: kinds,
      name: fc.constantFrom('a', 'b', 'c'),
      wave: fc.integer({ min: -3, max: 3 }),
      application: fc.constantFrom(null, 'x', 'y'),
    }),
    { maxLength: 20, selector: ({ kind, name }) => `${kind}/${name}` },
  );
  const wheres = fc.constantFrom(
    'true',
    'false',
    'wave < 0',
    "kind == 'Service'",
    "application == 'x'",
    'waveSet && namespace == null',
  );
  test('ids are unique, and a filter takes rows away only', () => {
    fc.assert(
      fc.property(resources, wheres, fc.constantFrom(...Object.keys(tableViews)), (list, where, view) => {
        const model = platform({
          ...shop,
          resources: list.map(({ kind, name, wave, application }) =>
            resource({ kind, metadata: { name } }, { wave, waveSet: wave !== 0, application }),
          ),
        });
        const own = createQuery(model);
        const all = tableOf(model, own, { view });
        const some = tableOf(model, own, {
          view,
          where: view === 'resources' || view === 'waves' ? where : 'true',
        });
        if (!all.ok || !some.ok) throw new Error(JSON.stringify([all, some]));
        const ids = all.table.rows.map((row) => row.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining(some.table.rows.map((row) => row.id)));
        for (const row of all.table.rows) expect(row.cells).toHaveLength(all.table.columns.length);
      }),
    );
  });
});

test('applications of one name in two namespaces are told apart', () => {
  const namesakes = ['argocd', 'team'].map((namespace) =>
    application('web', { id: `Application.argoproj.io/${namespace}/web`, namespace, project: namespace }),
  );
  const model = platform({
    applications: namesakes,
    resources: namesakes.map(({ namespace, id }) =>
      resource(
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: 'web', namespace: namespace ?? '' },
        },
        { id },
      ),
    ),
  });
  const own = createQuery(model);
  const result = tableOf(model, own, { view: 'sync', where: "project == 'team'" });
  expect(result.ok && result.table.rows.map(({ id }) => id)).toEqual([namesakes[1]?.id]);
  const waves = wavesOf(model, own, { of: 'web' });
  expect(waves.ok ? [] : waves.faults[0]?.candidates).toEqual([
    'Application/argocd/web',
    'Application/team/web',
  ]);
});

function markdownOf(options: TableOptions): string {
  const result = tableOf(whole, query, options);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return tableToMarkdown(result.table);
}
