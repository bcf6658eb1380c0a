import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableDifference } from '../../plugins/checks/tables/difference.ts';
import { readWrittenTable } from '../../plugins/checks/tables/written.ts';
import { type Cell, type Table, tableToMarkdown } from '../../plugins/views/index.ts';
import { type Bench, engineWithPages, repositoryFrom } from './engine.ts';
import { mend } from './mend.ts';

const tree = `==> K8s/a.yaml <==
apiVersion: v1
kind: Namespace
metadata: { name: a, annotations: { argocd.argoproj.io/sync-wave: "-2" }, labels: { note: "x | y", brace: "{a}" } }
==> K8s/b.yaml <==
apiVersion: v1
kind: Namespace
metadata: { name: b, annotations: { argocd.argoproj.io/sync-wave: "-1" }, labels: { note: "\`c\`", brace: "<b>" } }
==> K8s/c.yaml <==
apiVersion: v1
kind: ConfigMap
metadata: { name: c, namespace: a, labels: { note: "*z*", brace: "_" } }
`;

let bench: Bench;
let root: string;
beforeAll(async () => {
  root = repositoryFrom(tree);
  bench = await engineWithPages(root);
});
afterAll(async () => {
  await bench.close();
  rmSync(root, { recursive: true });
});

const options = `resources columns="name, kind, wave" sort="name"`;
const right = `| Name | Kind | Wave |
| --- | --- | --: |
| a | Namespace | -2 |
| b | Namespace | -1 |
| c | ConfigMap | 0 |
`;
const page = (body: string, given = options) =>
  `# Waves\n\n<!-- plumbline:table ${given} -->\n\n${body}\n<!-- /plumbline:table -->\n\nAfter.\n`;

async function faultOf(text: string, extension?: string) {
  const { diagnostics } = await bench.check(text, extension);
  expect(diagnostics).toHaveLength(1);
  const [diagnostic] = diagnostics;
  if (!diagnostic) throw new Error('no fault');
  return diagnostic;
}

describe('a table written out', () => {
  it.each([
    ['as it is printed', right],
    [
      'padded and aligned',
      '|Name|  Kind     |Wave|\n|:-----|:-:|---|\n|a|Namespace|-2|\n| b | Namespace | -1 |\n| c | ConfigMap | 0 |\n',
    ],
  ])('is true %s', async (_name, body) => {
    const { checked, diagnostics } = await bench.check(page(body));
    expect(diagnostics).toEqual([]);
    expect(checked.tables).toBe(1);
  });

  it('is true straight between its comments, in a list, in a quote, with CRLF and in MDX', async () => {
    expect((await bench.check(page(right).replaceAll('\n\n', '\n'))).diagnostics).toEqual([]);
    const inside = page(right).replaceAll('\n', '\n  > ').replace('# Waves', '- > # Waves');
    expect(await bench.check(inside)).toMatchObject({ diagnostics: [], checked: { tables: 1 } });
    expect((await bench.check(page(right).replaceAll('\n', '\r\n'))).diagnostics).toEqual([]);
    const mdx = page(right).replaceAll('<!--', '{/*').replaceAll('-->', '*/}');
    expect(await bench.check(mdx, 'mdx')).toMatchObject({ diagnostics: [], checked: { tables: 1 } });
  });

  it('is mended where it is stale, in a list, in a quote, with CRLF and in MDX', async () => {
    const stale = right.replace('-2', '-5');
    const given = `resources columns="name, note = labels.note, brace = labels.brace" sort="name"`;
    for (const text of [
      page(stale),
      page(stale).replaceAll('\n', '\r\n'),
      page(stale).replaceAll('\n', '\n  > ').replace('# Waves', '- > # Waves'),
      page('', given),
      page(''),
      page('').replaceAll('\n\n', '\n'),
    ]) {
      const mended = mend(text, await faultOf(text));
      expect((await bench.check(mended)).diagnostics).toEqual([]);
      expect(mended.match(/\r?\n/g)).toEqual(mended.match(/\r\n/g) ?? mended.match(/\n/g));
    }
    const mdx = page('', given).replaceAll('<!--', '{/*').replaceAll('-->', '*/}');
    const mended = mend(mdx, await faultOf(mdx, 'mdx'));
    expect(mended).toContain('\\{a\\}');
    expect((await bench.check(mended, 'mdx')).diagnostics).toEqual([]);
  });

  it('keeps one blank line around when it is mended', async () => {
    const text = page('').replaceAll('\n\n', '\n');
    expect(mend(text, await faultOf(text))).toBe(
      `# Waves\n<!-- plumbline:table ${options} -->\n\n${right}\n<!-- /plumbline:table -->\nAfter.\n`,
    );
  });
});

describe('a stale one', () => {
  it('names the cell, both sides and the line of the manifest', async () => {
    expect(await faultOf(page(right.replace('-2', '-5')))).toMatchObject({
      rule: 'snapshot-stale',
      message: 'the table is not what the view `resources` says: 1 cell differs',
      page: { line: 7, column: 19, endColumn: 21 },
      expected: 'Wave of `Namespace/a`: -2',
      actual: 'Wave of `Namespace/a`: -5',
      sources: [{ file: 'K8s/a.yaml', line: 3, column: 67, resource: 'Namespace/a' }],
    });
  });

  it('names rows that are missing, and those that are too many', async () => {
    expect(await faultOf(page(right.replace('| b | Namespace | -1 |\n', '')))).toMatchObject({
      message: expect.stringContaining('1 row is missing'),
      expected: 'a row for `Namespace/b`',
      actual: '2 of 3 rows',
      sources: [{ file: 'K8s/b.yaml', role: 'missing in the page' }],
    });
    expect(await faultOf(page(`${right}| d | Gone | 7 |\n`))).toMatchObject({
      message: expect.stringContaining('1 row is too many'),
      page: { line: 10 },
      actual: 'd | Gone | 7',
    });
  });

  it.each([
    ['another order', right.replace(/(\| a .*\n)(\| b .*\n)/, '$2$1'), 'its rows stand in another order'],
    ['other columns', right.replace('Kind', 'Sort'), 'its columns are others'],
    ['words beside it', `${right}\nAs of today.\n`, 'what stands beside it differs'],
    ['no table', 'Soon.\n', 'its columns are others'],
    ['nothing', '', 'it is empty'],
  ])('%s', async (_name, body, summary) => {
    const text = page(body);
    const fault = await faultOf(text);
    expect(fault.rule).toBe('snapshot-stale');
    expect(fault.message).toContain(summary);
    expect((await bench.check(mend(text, fault))).diagnostics).toEqual([]);
  });

  it('tells groups and limits apart', async () => {
    for (const given of [
      `${options} group="kind"`,
      `${options} limit="1"`,
      `${options} where="name == 'gone'" empty="it comes later"`,
    ]) {
      const text = page('', given);
      const mended = mend(text, await faultOf(text));
      expect((await bench.check(mended)).diagnostics).toEqual([]);
      expect((await bench.check(mended.replace(given, options))).diagnostics).toHaveLength(1);
    }
  });
});

describe('a snapshot that makes no sense', () => {
  it.each([
    ['an unknown view', page(right, 'resource'), 'did you mean `resources`'],
    ['an unknown attribute', page(right, 'resources wehre="true"'), 'did you mean `where`?'],
    ['an attribute that does not parse', page(right, 'resources where="true'), 'write <!-- plumbline:table'],
    ['no view', page(right, ''), 'known:'],
    ['a misspelt name', page(right).replaceAll(':table', ':tabel'), 'did you mean `table`?'],
    ['no end', page(right).replace('<!-- /plumbline:table -->', ''), 'above the table'],
    ['an end alone', page(right).replace(/<!-- plumb.*-->/, ''), 'above the table'],
    ['one in a sentence', 'See <!-- plumbline:table waves --> this.\n', 'on a line of its own'],
    [
      'one with its end on one line',
      '<!-- plumbline:table waves --><!-- /plumbline:table -->\n',
      'on a line of its own',
    ],
  ])('%s', async (_name, text, help) => {
    const { diagnostics } = await bench.check(text);
    expect(diagnostics[0]?.rule).toBe('directive-invalid');
    expect(`${diagnostics[0]?.help} ${diagnostics[0]?.candidates}`).toContain(help);
  });

  it('one in another', async () => {
    const text = page(page(right).replace('# Waves\n\n', ''));
    const { diagnostics } = await bench.check(text);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`plumbline:table` has no end before the next one begins',
      '`/plumbline:table` ends nothing',
    ]);
  });

  it('none of it in code, or in other comments', async () => {
    const text = `\`<!-- plumbline:table x -->\`\n\n\`\`\`md\n${page(right)}\`\`\`\n\n<!-- prettier-ignore -->\n`;
    expect(await bench.check(text)).toMatchObject({ diagnostics: [], checked: { tables: 0 } });
  });
});

describe('any texts in cells', () => {
  const cell = fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 20 }), code: fc.boolean() });
  const tableWith = (cells: Cell[][]): Table => ({
    view: 'any',
    caption: '',
    columns: ['a', 'b'].map((name) => ({ name, label: name })),
    rows: cells.map((row, index) => ({ id: String(index), cells: row, origin: null })),
    total: cells.length,
    unverified: [],
  });
  const read = (cells: Cell[][]) => readWrittenTable(tableToMarkdown(tableWith(cells)));

  it('are read back as they were printed, and a row more or less is seen', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        expect(read(rows).rows).toHaveLength(rows.length);
        expect(read(rows).rows.every(({ cells }) => cells.length === 2)).toBe(true);
        expect(tableDifference(read(rows), read(rows))).toBeNull();
        const more = [...rows, [{ text: 'more' }, { text: 'more' }]];
        expect(tableDifference(read(rows), read(more))?.missing).toHaveLength(1);
        expect(tableDifference(read(more), read(rows))?.extra).toHaveLength(1);
        const changed = [[{ text: 'changed' }, rows[0]?.[1] ?? { text: '' }], ...rows.slice(1)];
        expect(tableDifference(read(changed), read(rows)) === null).toBe(rows[0]?.[0].text === 'changed');
      }),
    );
  });
});
