import { expect, test } from 'vitest';
import { printable, printableJson } from '../../plugins/base/index.ts';

const hostile = '\x1b]0;title\x07\x1b[2J\x9b31m\0\b\x7f\rover\u202ereversed\u2028';

test('no control character, and nothing that turns the writing, reaches a terminal', () => {
  expect(printable(hostile)).toBe('·]0;title··[2J·31m····over·reversed·');
  expect(printable('a\tb\r\nc\n')).toBe('a\tb\r\nc\n');
  expect(printable('\x1b[1;31mred\x1b[0m \x1b]8;;x\x07', { colour: true })).toBe(
    '\x1b[1;31mred\x1b[0m ·]8;;x·',
  );
});

test('in JSON it means what it meant', () => {
  const text = printableJson(JSON.stringify({ hostile, log: '##[error]x ##vso[y]' }, null, 2));
  expect(text).toBe(printable(text));
  expect(text).not.toMatch(/##[[\w]/);
  expect(JSON.parse(text)).toEqual({ hostile, log: '##[error]x ##vso[y]' });
});

test.each([
  ['::error file=a::text', ':·:error file=a::text'],
  ['a\n  ::add-mask::x', 'a\n  :·:add-mask::x'],
  ['said ##[error]x', 'said #·#[error]x'],
  ['##vso[task.setvariable]x', '#·#vso[task.setvariable]x'],
  ['##teamcity[x]', '#·#teamcity[x]'],
  [':::note', ':::note'],
  ['::table{view="x"}', '::table{view="x"}'],
  ['a ::b:: c', 'a ::b:: c'],
  ['## Heading', '## Heading'],
  ['##', '##'],
])('what a CI would take for a command: %s', (text, shown) => {
  expect(printable(text)).toBe(shown);
  if (!text.includes('##')) expect(printable(text, { commands: true })).toBe(text);
});
