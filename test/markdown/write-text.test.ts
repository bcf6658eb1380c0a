import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelText, parsePage, type TextPlace, writeText } from '../../plugins/markdown/index.ts';
import { runs } from '../fuzz.ts';

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'{}|`<>&[]()\\*_~#:!$%"\'+-=.@/ \n\t19ax'),
      fc.constantFrom(
        '{{',
        '</b>',
        '<!--',
        '&amp;',
        '](x)',
        ':fact[',
        '1.4',
        'https://x.y',
        'www.x.y',
        'a@b.c',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 10 },
  )
  .map((parts) => parts.join(''))
  // What Markdown itself replaces or leaves out cannot be written.
  .filter((value) => value.trim() !== '' && !/[\0\ufffd\ud800-\udfff\ufeff]/.test(value));

const format = fc.constantFrom('md' as const, 'mdx' as const);

function saidBy(page: string, place: Pick<TextPlace, 'format'>): string {
  const parsed = parsePage(page, place.format);
  if (!parsed.ok) throw new Error(`${parsed.message}: ${page}`);
  return labelText(parsed.tree);
}

describe('a text written as Markdown says just that', () => {
  it('in a sentence and at the beginning of one', () => {
    fc.assert(
      fc.property(text, format, (value, format) => {
        const written = writeText(value, { format, inLabel: false, inCell: false });
        expect(saidBy(`${written}\n`, { format })).toBe(value);
        expect(saidBy(`before ${written} after\n`, { format })).toBe(`before ${value} after`);
      }),
      { numRuns: runs(200) },
    );
  });

  it('in a cell', () => {
    fc.assert(
      fc.property(text, format, (value, format) => {
        const written = writeText(value, { format, inLabel: false, inCell: true });
        expect(saidBy(`| a |\n| --- |\n| x ${written} y |\n`, { format })).toBe(`ax ${value} y`);
      }),
      { numRuns: runs(200) },
    );
  });

  it('between the brackets of a directive, in a heading too', () => {
    fc.assert(
      fc.property(text, format, (value, format) => {
        const written = writeText(value, { format, inLabel: true, inCell: false });
        expect(saidBy(`## A :fact[${written}]{value="x"} b\n`, { format })).toBe(`A ${value} b`);
      }),
      { numRuns: runs(200) },
    );
  });

  it.each(['registry/cart:1.4.2', 'cart:latest', '12:30', 'web.shop:8080', '[fe80::1]:80'])(
    'and `%s` between brackets as anybody would',
    (value) => {
      const written = writeText(value, { format: 'md', inLabel: true, inCell: false });
      expect(written.replaceAll(/\\(?=[[\]])/g, '')).toBe(value);
      expect(saidBy(`:fact[${written}]{value="x"}\n`, { format: 'md' })).toBe(value);
    },
  );
});

it('a text whose tags and labels cross one another is told as a page that does not parse', () => {
  const written = writeText('http://x.y<>{{', { format: 'mdx', inLabel: true, inCell: false });
  expect(parsePage(`There is :x[${written}]{} here.\n`, 'mdx').ok).toBe(true);
  expect(parsePage(':x[http://x.y\\<>\\{\\{]{}', 'mdx')).toMatchObject({ ok: false });
});
