import { describe, expect, test } from 'vitest';
import { openParseRoom, parsePage, workToParse } from '../../plugins/markdown/index.ts';
import { shareOfDay } from '../fuzz.ts';

const many = 4000;
const row = '| [a](b.md) | **c** and `d` |\n';

test.each<[string, string, string]>([
  ['emphasis', '**a_'.repeat(many), '8000 marks in one paragraph'],
  ['links', '[a]('.repeat(many), '8000 marks in one paragraph'],
  ['directives in one another', ':a['.repeat(2 * many), '8000 marks in one paragraph'],
  ['emphasis over lines that only look blank', '**a_\n*\n\u00a0\n'.repeat(many), 'marks in one paragraph'],
  ['lines like those of a table', `|a|\n${'| [a](\n'.repeat(2 * many)}`, 'marks in one paragraph'],
  ['lines after a table', `|a|\n|-|\n> x\n${'| [a](\n'.repeat(2 * many)}`, 'marks in one paragraph'],
  ['comments that do not end', `a ${'<![CDATA['.repeat(many)}`, 'marks in'],
  ['declarations that do not end', `a ${'<!A '.repeat(many)}`, 'marks in long paragraphs'],
  [
    'runs of ticks, each longer',
    Array.from({ length: 700 }, (_, at) => '`'.repeat(at)).join(' '),
    'marks in',
  ],
  ['lists in lists', '- '.repeat(many), 'blocks 4000 deep in others'],
  ['quotes in quotes', `${'> '.repeat(many)}a`, 'blocks 4000 deep in others'],
  [
    'a long paragraph in a deep list',
    `${'- '.repeat(80)}a\n${'b\n'.repeat(many)}`,
    'blocks 80 deep in others',
  ],
  [
    'lists by their indent',
    Array.from({ length: 500 }, (_, at) => `${'  '.repeat(at)}- a`).join('\n'),
    'deep',
  ],
  ['blocks in blocks', ':::note\n'.repeat(many), 'directives in one another'],
])('of %s is not given to the parser', (_, text, words) => {
  expect(workToParse(`# A page\n\n${text}\n`).tooMuch?.words).toContain(words);
});

test.each<[string, string]>([
  ['paragraphs', 'A *b*, `c` and [d](e.md)\nwith **more**.\n\n'.repeat(many)],
  ['a table', `| a | b |\n|---|:-:|\n${row.repeat(5 * many)}`],
  ['code', `\`\`\`yaml\n${'        - name: a_b # [c]\n'.repeat(1000)}\`\`\`\n`],
  ['asides', ':::note\nA *b*.\n:::\n\n'.repeat(many)],
  ['a list', '- [a](b.md) and `c`\n  - **d**\n'.repeat(500)],
])('many of %s are read', (_, text) => {
  expect(workToParse(text).tooMuch).toBeNull();
});

/** One of them each day, as each takes a parser a second until it is given up. */
const code = shareOfDay(
  [
    ['blank lines', `export const a = (\n${'\n'.repeat(10_000)}1)\n`],
    ['items', `export const a = [\n${'1,\n\n'.repeat(4000)}1]\n`],
    ['a text without end', `export const a = \`\n${`${'x'.repeat(200)}\n\n`.repeat(2000)}`],
  ] as const,
  3,
);
console.log(`code of MDX that is given up: ${code.chosen.map(([what]) => what).join(', ')} (${code.name})`);
test.each(code.chosen)('code of MDX over many lines of %s is given up, and the next page read', (_, code) => {
  expect(parsePage(`# A\n\n${code}`, 'mdx')).toMatchObject({
    ok: false,
    message: 'the parser would take too long: code that has no end, over many lines',
    offset: 5,
  });
  expect(parsePage('export const a = [\n  1,\n\n  2\n]\n\n<A b={a}>{a}</A>\n', 'mdx').ok).toBe(true);
});

test('tells the line from which on it is too much', () => {
  const text = `# A\r\n\r\n${'**a_\r\n'.repeat(5000)}`;
  const { offset = 0 } = workToParse(text).tooMuch ?? {};
  expect(text.slice(offset - 2, offset + 4)).toBe('\r\n**a_');
});

describe('the pages of a run', () => {
  const small = '# A page\n';
  const large = '[a]('.repeat(500);
  const room = { steps: workToParse(large).steps + 3 * workToParse(small).steps, code: 100 };
  const texts = new Map([
    ['/a.md', large],
    ['/b.md', large],
    ['/y.md', small],
    ['/z.md', small],
  ]);
  const pages = { paths: [...texts.keys(), '/none.md'], textOf: (path: string) => texts.get(path) ?? null };
  const parsed = (run: ReturnType<typeof openParseRoom>) =>
    [...texts].flatMap(([path, text]) => (run.parse(path, text).ok ? [path] : []));

  test('are parsed the smallest first, whichever is asked for first', () => {
    const run = openParseRoom(room);
    run.plan(pages);
    expect(run.parse('/b.md', large)).toMatchObject({
      ok: false,
      isLeftOut: true,
      message: expect.stringContaining('smaller pages come first'),
    });
    expect(parsed(run)).toEqual(['/a.md', '/y.md', '/z.md']);
  });

  test('leave what is left to others, which take it as they come, each time that they are parsed', () => {
    const run = openParseRoom(room);
    run.plan(pages);
    expect(parsed(run)).toHaveLength(3);
    expect(run.parse('/y.md', small).ok).toBe(true);
    expect(run.parse('/y.md', small)).toMatchObject({ ok: false, isLeftOut: true });
    run.clear();
    expect(run.parse('/b.md', large).ok).toBe(true);
  });

  test('have so much code together, and what comes after it is no fault of a page', () => {
    const run = openParseRoom({ ...room, steps: 1e9 });
    const code = `export const a = '${'x'.repeat(60)}'\n`;
    expect(run.parse('/a.mdx', code).ok).toBe(true);
    expect(run.parse('/b.mdx', code)).toMatchObject({ ok: false, isLeftOut: true });
    expect(run.parse('/c.mdx', small).ok).toBe(true);
  });
});
