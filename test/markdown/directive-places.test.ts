import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  directiveParts,
  isDirective,
  parsePage,
  readAttributes,
  readDirective,
} from '../../plugins/markdown/index.ts';
import { createPositions } from '../../plugins/markdown/positions.ts';

describe('where the parts of a directive stand', () => {
  it.each([
    ['within a sentence', 'Text :fact[six]{count="true"} more.', '[six] count=true'],
    ['on a line of its own', '::table{view="waves" limit=3 exact}', 'null view=waves limit=3 exact=null'],
    ['around blocks', ':::claim[title]{of="a" any=\'b\'}\ntext\n:::', '[title] of=a any=b'],
    ['without values', ':fact[]{count=""}', '[] count='],
    ['with shortcuts', ':fact[a]{#id .one.two}', '[a] #id=null .one=null .two=null'],
    ['over lines of a quote', '> :claim[x]{of="a"\n> any="b &&\n> c"}', '[x] of=a any=b &&\n> c'],
    ['in a table', '| a |\n|---|\n| :fact[x]{count="y"} |', '[x] count=y'],
    [
      'in a label',
      ':claim[there are :fact[six]{count="a"}]{of="b"}',
      '[there are :fact[six]{count="a"}] of=b',
    ],
    ['behind a byte order mark', '\ufeff:fact[six]{count="a"}', '[six] count=a'],
  ])('%s', (_name, page, parts) => {
    expect(partsIn(page)[0]).toBe(parts);
  });

  it('keeps the two of a label apart', () => {
    expect(partsIn(':claim[there are :fact[six]{count="a"}]{of="b"}')[1]).toBe('[six] count=a');
  });

  it('refuses a tree that was parsed without them', () => {
    const parsed = parsePage(':fact[x]{count="y"}', 'md');
    if (!parsed.ok) throw new Error(parsed.message);
    delete parsed.tree.data;
    const [paragraph] = parsed.tree.children;
    const [fact] = paragraph?.type === 'paragraph' ? paragraph.children : [];
    expect(() => fact && directiveParts(parsed.tree, fact, createPositions('p', ''))).toThrow(
      'remarkDirectivePlaces',
    );
  });
});

describe('attributes elsewhere', () => {
  it.each([
    [' title="A b" exact layout=elk', 'title=A b exact=null layout=elk', null],
    ['', '', null],
    [' title="A" covers="x', 'title=A', 'the value of `covers` has no closing "'],
    [' title="A" layout=', 'title=A', '`layout` has no value after its `=`'],
    [' a=b=c', '', 'the value of `a` needs quotes'],
    [' title="A" {1-2}', 'title=A', 'the value of `title` has no closing quote'],
    [' {1-2}', '', 'there is a { where a name should be'],
    [' a/b', '', 'they do not parse'],
  ])('%j', (text, attributes, fault) => {
    const read = readAttributes(`d2${text} end`, 2, 2 + text.length);
    expect(written(`d2${text} end`, read.attributes)).toBe(attributes);
    expect(read.fault?.message ?? null).toBe(fault);
  });

  it('reads whatever is written, in the order of it', () => {
    const name = fc.stringMatching(/^[a-z][\w-]{0,8}$/);
    const value = fc.stringMatching(/^[ -!#-~]{0,20}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 5 }), (pairs) => {
        const text = pairs.map(([one, words]) => ` ${one}="${words}"`).join('');
        const read = readAttributes(text, 0, text.length);
        expect(read.fault).toBeNull();
        expect(
          read.attributes.map(({ text: own, value: at }) => [own, at && text.slice(at.start, at.end)]),
        ).toEqual(pairs);
      }),
    );
  });
});

describe('text that is no directive', () => {
  it.each([
    ['::table{view="waves} x', 7, 'the value of `view` has no closing "'],
    ['::table{view="waves"} x', 21, null],
    [':fact[6 is open', 5, 'the `[` is never closed'],
    ['::table {view="x"}', 7, null],
    [':claim[a]{of=a==b}', 9, 'the value of `of` needs quotes'],
    [':claim[a]{of="b"', 9, 'the `{` is never closed'],
  ])('%s', (text, end, fault) => {
    const read = readDirective(`Before ${text}`, 7);
    expect(read.fault?.message ?? null).toBe(fault);
    expect(read.end - 7).toBe(end);
  });
});

/** The parts of every directive of a page, by the text at their places. */
function partsIn(page: string): string[] {
  const parsed = parsePage(page, 'md');
  if (!parsed.ok) throw new Error(parsed.message);
  const positions = createPositions('page.md', page);
  const found: string[] = [];
  const walk = (node: Parameters<typeof directiveParts>[1]): void => {
    const parts = isDirective(node) ? directiveParts(parsed.tree, node, positions) : null;
    if (parts) {
      const label = parts.label && `[${page.slice(parts.label.start, parts.label.end)}]`;
      found.push(`${label} ${written(page, parts.attributes ?? [])}`);
    }
    if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(parsed.tree);
  return found;
}

function written(page: string, attributes: ReturnType<typeof readAttributes>['attributes']): string {
  return attributes
    .map(
      ({ name, value }) =>
        `${page.slice(name.start, name.end)}=${value && page.slice(value.start, value.end)}`,
    )
    .join(' ');
}
