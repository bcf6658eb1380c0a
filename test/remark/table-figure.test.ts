import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { describe, expect, test } from 'vitest';
import { type TableParts, tableFigure } from '../../plugins/remark/index.ts';
import { english } from '../../plugins/words/index.ts';

describe('a table', () => {
  test('says once what stands in every row, and keeps the rest', () => {
    const html = figure(['a', 'b', 'c'].map((name) => ({ id: name, cells: [name, 'Retain', `of ${name}`] })));
    expect(html).toContain('<span class="pl-muted">Policy</span> Retain');
    expect(html).not.toContain('<td>Retain</td>');
    expect(html).toContain('<td>of b</td>');
  });

  test('of two rows has nothing to fold, nor one of which only a column would be left', () => {
    const rows = ['a', 'b', 'c'].map((name) => ({ id: name, cells: [name, 'Retain', 'same'] }));
    expect(figure(rows.slice(0, 2))).toContain('<td>Retain</td>');
    expect(figure(rows)).toContain('<td>Retain</td>');
  });

  test('has an arrow to a line, unless a cell leads there already', () => {
    const html = figure([
      { id: 'a', cells: ['a', '1', '2'], at: { href: '/a', text: 'K8s/a.yaml:1' } },
      { id: 'b', cells: [h('a', { href: '/b' }, 'b'), '3', '4'], at: { href: '/b', text: 'K8s/b.yaml:1' } },
      {
        id: 'c',
        cells: [[h('a', { href: '/c' }, 'c'), '!'], '5', '6'],
        at: { href: '/c#L7', text: 'K8s/c.yaml:7' },
      },
    ]);
    expect(html).toContain('<a class="pl-to" href="/a" title="K8s/a.yaml:1"></a>');
    expect(html).not.toContain('title="K8s/b.yaml:1"');
    // To the page of the line: the link says which.
    expect(html).toContain('<a href="/c" title="K8s/c.yaml:7">c</a>!');
    expect(html.match(/pl-to/g)).toHaveLength(1);
    expect(html).toContain('<span class="sr-only">Manifest</span>');
  });

  test('has no scroller of its own with forty rows, and one that the keyboard reaches with more', () => {
    expect(figure(rowsOf(40))).not.toContain('tabindex');
    expect(figure(rowsOf(41))).toMatch(/class="pl-scroll" role="region" aria-label="Things" tabindex="0"/);
  });

  test('of very many rows has bodies that a browser lays out one by one', () => {
    expect(figure(rowsOf(500))).not.toContain('pl-many');
    const html = figure(rowsOf(520));
    expect(html.match(/<tbody/g)).toHaveLength(11);
    expect(html).toContain('--rows:20');
    expect(html.match(/<tr data-id/g)).toHaveLength(520);
  });

  test('carries the words of its cards as strings that no label ends', () => {
    const html = figure([], 'a"; } </style> \\');
    expect(html).toContain('--l1:&#x22;a\\22 \\3b  \\7d  \\3c /style\\3e  \\5c &#x22;');
  });

  test('needs less room where its names may break', () => {
    const from = (name: string) => Number(/pl-from-(\d+)/.exec(figure(rowsOf(9, name)))?.[1]);
    expect(from('a')).toBeLessThan(from('a'.repeat(20)));
    expect(from('a'.repeat(40))).toBeGreaterThan(from('a'.repeat(20)));
    expect(from('aaaaaaaa-'.repeat(6))).toBeLessThan(from('a'.repeat(40)));
  });
});

function figure(rows: TableParts['groups'][number]['rows'], first = 'Name'): string {
  return toHtml(
    tableFigure({
      ...{ id: 'things', view: 'things', caption: 'Things', total: rows.length, speech: english },
      columns: [
        { name: 'name', label: first },
        { name: 'policy', label: 'Policy' },
        { name: 'of', label: 'Of' },
      ],
      groups: [{ rows }],
    }),
  );
}

function rowsOf(count: number, name = 'n') {
  return Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    cells: [`${name}${index}`, String(index), String(-index)],
  }));
}
