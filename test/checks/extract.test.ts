import { describe, expect, it } from 'vitest';
import { createPositions } from '../../plugins/markdown/positions.ts';
import { ofType, statementsOf, wordsAt } from '../engine/pages.ts';

describe('what a page states', () => {
  it('finds every kind of statement, and nothing else', () => {
    const page = `# Waves

::table{view="waves" where="layer == 'gitops'"}

There are :fact[6]{count="kind == 'AppProject'"} projects, see \`K8s/*/governance\`, \`Namespace/shop\` and \`Widget/a/b\`.

:claim[Namespaces *come first*]{of="kind == 'Namespace'" all="wave < 0"}

:::claim{of="true" count=">= 1"}
A whole paragraph.
:::

::diagram{view="projects"}

\`\`\`d2 title="Two"
a -> b
\`\`\`

Not ours: \`TCP/IP\`, \`and/or\`, \`src/index.ts\`, \`https://x/K8s/\`, \`K8s/redis:7.2.1\`, \`K8s/example.org:checked\`, 12:30, a:b, :::note, ::other{x="y"}, \`Gadget/x\`.

\`\`\`sh
::table{view="waves"}
\`\`\`
`;
    const types = statementsOf(page).found.map(({ statement }) => statement.type);
    expect(types).toEqual([
      'table',
      'fact',
      'path',
      'reference',
      'reference',
      'claim',
      'claim',
      'diagram',
      'd2',
    ]);
  });

  it('keeps CEL as it is written, with the place of its value', () => {
    const page = `Intro.\n\n::table{view="waves" where="labels['a/b'] == 'x' && wave < 0"}\n`;
    const [table] = ofType(statementsOf(page), 'table');
    const where = table?.attributes.where;
    expect(where?.value).toBe("labels['a/b'] == 'x' && wave < 0");
    expect(where && wordsAt(page, where.place)).toBe(where?.value);
    expect(where && wordsAt(page, where.namePlace)).toBe('where');
    expect(where && wordsAt(page, where.at(where.value.indexOf('wave'), 4))).toBe('wave');
  });

  it('decodes character references without losing the place', () => {
    const page = `::table{view="waves" where="name == &quot;x&quot; && wave < 0"}\n`;
    const where = ofType(statementsOf(page), 'table')[0]?.attributes.where;
    expect(where?.value).toBe('name == "x" && wave < 0');
    expect(where && wordsAt(page, where.at(where.value.indexOf('wave'), 4))).toBe('wave');
  });

  it('reads an escaped bar in a table as a bar, and keeps its place', () => {
    const value = String.raw`kind == 'A' \|\| wave < 0`;
    const page = `| a |\n|---|\n| :fact[six]{count="${value}"} |\n`;
    const count = ofType(statementsOf(page), 'fact')[0]?.attributes.count;
    expect(count?.value).toBe("kind == 'A' || wave < 0");
    expect(count && wordsAt(page, count.at(count.value.indexOf('wave'), 4))).toBe('wave');
    const alone = `:fact[six]{count="${value}"}\n`;
    expect(ofType(statementsOf(alone), 'fact')[0]?.attributes.count?.value).toBe(value);
  });

  it.each([
    ['plain', 'Text :fact[six]{count="true"} more.', 'six'],
    ['in a list', '1. One\n\n   - Two :fact[six]{count="true"}', 'six'],
    ['in a quote', '> > Text\n> > and :fact[six]{count="true"}', 'six'],
    ['in a table', '| a | b |\n|---|---|\n| x | :fact[six]{count="true"} |', 'six'],
    ['with CRLF', 'One\r\n\r\nTwo :fact[six]{count="true"}\r\n', 'six'],
    ['after front matter', '---\ntitle: x\n---\n\nText :fact[six]{count="true"}', 'six'],
    ['with brackets inside', 'Text :fact[a [b] c]{count="true"}', 'a [b] c'],
  ])('places a fact %s', (_name, page, literal) => {
    const [fact] = ofType(statementsOf(page), 'fact');
    expect(fact?.literal).toBe(literal);
    expect(fact && wordsAt(page, fact.literalPlace)).toBe(literal);
    expect(fact && wordsAt(page, fact.place)).toMatch(/^:fact\[.*\}$/);
  });

  it('places a value that runs over lines of a quote', () => {
    const page = '> :claim[x]{of="kind == \'A\' &&\n> wave < 0" any="true"}\n';
    const of = ofType(statementsOf(page), 'claim')[0]?.attributes.of;
    expect(of?.value).toBe("kind == 'A' && wave < 0");
    expect(of && wordsAt(page, of.at(of.value.indexOf('wave'), 4))).toBe('wave');
  });

  it.each([
    ['plain', '```d2\na -> b\nc: {\n  x\n}\n```\n'],
    ['in a list', '- item\n\n  ```d2\n  a -> b\n  c: {\n    x\n  }\n  ```\n'],
    ['in a quote', '> ```d2\n> a -> b\n> c: {\n>   x\n> }\n> ```\n'],
    ['in a quote in a list', '1. > ```d2\n   > a -> b\n   > c: {\n   >   x\n   > }\n   > ```\n'],
    ['with CRLF', '```d2\r\na -> b\r\nc: {\r\n  x\r\n}\r\n```\r\n'],
  ])('maps places in a fence %s to the page', (_name, page) => {
    const [fence] = ofType(statementsOf(page), 'd2');
    expect(fence?.source).toBe('a -> b\nc: {\n  x\n}');
    expect(fence && wordsAt(page, fence.placeOf({ line: 0, column: 5, endLine: 0, endColumn: 6 }))).toBe('b');
    expect(fence && wordsAt(page, fence.placeOf({ line: 2, column: 2, endLine: 2, endColumn: 3 }))).toBe('x');
  });

  it('reads the options of a fence', () => {
    const page = '```d2 title="A b" covers="kind == \'X\'" exact layout=elk\na\n```\n';
    const [fence] = ofType(statementsOf(page), 'd2');
    const values = Object.entries(fence?.attributes ?? {}).map(([name, { value }]) => [name, value]);
    expect(values).toEqual([
      ['title', 'A b'],
      ['covers', "kind == 'X'"],
      ['exact', ''],
      ['layout', 'elk'],
    ]);
    expect(fence?.attributes.covers && wordsAt(page, fence.attributes.covers.place)).toBe("kind == 'X'");
  });

  it('takes the section as the title of a fence without one', () => {
    const [fence] = ofType(statementsOf('# Page\n\n## Two *layers*\n\n```d2\na\n```\n'), 'd2');
    expect(fence?.heading).toBe('Two layers');
  });

  it('works in MDX, inside components too', () => {
    const page =
      'import X from "./x";\n\n<X>\n\n  There are :fact[6]{count="kind == \'A\'"}.\n\n</X>\n\n{/* plumbline-ignore path-missing: later */}\n\n`K8s/x`\n';
    const extraction = statementsOf(page, 'mdx');
    expect(extraction.found.map(({ statement }) => statement.type)).toEqual(['fact', 'path']);
    expect(extraction.suppressions).toMatchObject([{ rule: 'path-missing', reason: 'later' }]);
  });
});

describe('directives that do not parse', () => {
  it.each([
    ['::table{view="waves}', 'the value of `view` has no closing "'],
    ['::table {view="waves"}', 'there is a blank before its brackets'],
    ['::table{view="waves"} and more', 'something follows it on its line'],
    ['See ::table{view="waves"}', 'something stands before it on its line'],
    ['::table{where=a==b}', 'the value of `where` needs quotes'],
    ['Text :fact[6]{count="x} end', 'the value of `count` has no closing "'],
    ['Text :fact[6]{count="x} and :fact[7]{count="y"} end', 'the value of `count` has no closing quote'],
    ['Text :fact[6 is open', 'the `[` is never closed'],
    ['Text :fact[6]{count="kind == "X""} end', 'the value of `count` ends at its second "'],
    ['Text :table{view="waves"} end', '`table` cannot stand within a sentence'],
    ['::fact[6]{count="true"}', '`fact` cannot stand on a line of its own'],
    [':::diagram{view="x"}\n:::', '`diagram` cannot stand around blocks'],
    ['::tabel{view="waves"}', 'there is no directive `tabel`'],
    [':clam[x]{of="true" all="true"}', 'there is no directive `clam`'],
  ])('%s', (page, message) => {
    const malformed = ofType(statementsOf(`Before.\n\n${page}\n`), 'malformed');
    expect(malformed.map((one) => one.message)).toEqual([expect.stringContaining(message)]);
    expect(malformed[0]?.place.line).toBe(3);
    expect(malformed[0]?.help).not.toBe('');
  });

  it.each([
    [':claim[x]{of="kind == "X"" all="wave < 0"}', `of="kind == 'X'"`],
    [
      '::table{view="resources" where="kind == "X" && name == "y"" limit="3"}',
      `where="kind == 'X' && name == 'y'"`,
    ],
    ["::table{view='resources' where='kind == 'X''}", `where='kind == "X"'`],
  ])('%s has quotes within its quotes, and the right text is told', (page, right) => {
    const [malformed] = ofType(statementsOf(`${page}\n`), 'malformed');
    expect(malformed?.help).toContain(right);
  });

  it.each([
    '\\::table{view="x"}',
    'a:claim',
    '12:30',
    'note:fact of life',
    '`::table{view="x"}`',
    'foo::table{x}',
  ])('%s is left alone', (page) => {
    expect(statementsOf(`${page}\n`).found.map(({ statement }) => statement)).toEqual([]);
  });
});

describe('positions of a page without its front matter', () => {
  it('are those of the file', () => {
    const real = '---\ntitle: x\n---\n\n\nHello `K8s/a`\n';
    const positions = createPositions('p.md', 'Hello `K8s/a`', real);
    expect(positions.pointAt(positions.toReal(7))).toEqual({ line: 6, column: 8 });
  });
  it('do not take a match inside the front matter', () => {
    const real = '---\ntitle: Hi\n---\nHi';
    const positions = createPositions('p.md', 'Hi', real);
    expect(positions.pointAt(positions.toReal(0))).toEqual({ line: 4, column: 1 });
  });
  it('are those of blank front matter in MDX', () => {
    const real = '---\ntitle: x\n---\nHello';
    const positions = createPositions('p.mdx', '   \n        \n   \nHello', real);
    expect(positions.pointAt(positions.toReal(17))).toEqual({ line: 4, column: 1 });
    expect(positions.text).toBe(real);
  });
  it.each([
    ['longer', ':fact[]{count="a"}', '---\ntitle: x\n---\n:fact[-5]{count="a"}'],
    ['of the same length', ':fact[5]{count="a"} b', ':fact[-5]{count="a"} '],
  ])('are its own, where the file was written over meanwhile and is %s', (_what, parsed, real) => {
    const positions = createPositions('p.md', parsed, real);
    const at = positions.toReal(parsed.indexOf('{'));
    expect(positions.text.slice(at, at + 11)).toBe('{count="a"}');
  });
});
