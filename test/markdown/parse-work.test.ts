import { expect, test } from 'vitest';
import { parsePage, tooMuchToParse } from '../../plugins/markdown/index.ts';

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
  expect(tooMuchToParse(`# A page\n\n${text}\n`)?.words).toContain(words);
});

test.each<[string, string]>([
  ['paragraphs', 'A *b*, `c` and [d](e.md)\nwith **more**.\n\n'.repeat(many)],
  ['a table', `| a | b |\n|---|:-:|\n${row.repeat(5 * many)}`],
  ['code', `\`\`\`yaml\n${'        - name: a_b # [c]\n'.repeat(1000)}\`\`\`\n`],
  ['asides', ':::note\nA *b*.\n:::\n\n'.repeat(many)],
  ['a list', '- [a](b.md) and `c`\n  - **d**\n'.repeat(500)],
])('many of %s are read', (_, text) => {
  expect(tooMuchToParse(text)).toBeNull();
});

test.each([
  ['blank lines', `export const a = (\n${'\n'.repeat(10_000)}1)\n`],
  ['items', `export const a = [\n${'1,\n\n'.repeat(4000)}1]\n`],
  ['a text without end', `export const a = \`\n${`${'x'.repeat(200)}\n\n`.repeat(2000)}`],
])('code of MDX over many lines of %s is given up, and the next page read', (_, code) => {
  expect(parsePage(`# A\n\n${code}`, 'mdx')).toMatchObject({
    ok: false,
    message: 'the parser would take too long: code that has no end, over many lines',
    offset: 5,
  });
  expect(parsePage('export const a = [\n  1,\n\n  2\n]\n\n<A b={a}>{a}</A>\n', 'mdx').ok).toBe(true);
});

test('tells the line from which on it is too much', () => {
  const text = `# A\r\n\r\n${'**a_\r\n'.repeat(5000)}`;
  const { offset = 0 } = tooMuchToParse(text) ?? {};
  expect(text.slice(offset - 2, offset + 4)).toBe('\r\n**a_');
});
