import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rule, rules } from '../../plugins/checks/index.ts';
import { type Engine, fixPages } from '../../plugins/engine/index.ts';
import { type Bench, engineWithPages } from '../checks/engine.ts';
import { runs } from '../fuzz.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await engineWithPages();
});
afterAll(() => bench.close());

const projects = (literal: string) => `:fact[${literal}]{count="kind == 'AppProject'"}`;

async function fixed(text: string, extension = 'md') {
  const path = bench.write(text, extension);
  const page = await fixedAt(path);
  return { ...page, rules: page.report.diagnostics.map(({ rule }) => rule) };
}

async function fixedAt(path: string) {
  const [page] = await fixPages(bench.engine, [path]);
  if (!page) throw new Error('no page');
  return page;
}

/** The engine, to which the expression of every value says what is given. */
function saying(value: () => string): Engine {
  const { context } = bench.engine;
  const query = { ...context.query, value: () => ({ ok: true as const, value: value() }) };
  return Object.create(bench.engine, { context: { value: { ...context, query } } });
}

describe('a page is mended', () => {
  it.each([
    ['a count, in the manner of the page', projects('Seven'), projects('Two')],
    [
      'a value',
      ':fact[no one]{value="project(\'shop\').name"}',
      ':fact[shop]{value="project(\'shop\').name"}',
    ],
    [
      'a moved path',
      'See `K8s/shop/cart/resourcequota.yaml`.',
      'See `K8s/shop/governance/resourcequota.yaml`.',
    ],
    [
      'a path',
      'See `K8s/shop/governance/resourcequotas.yaml`.',
      'See `K8s/shop/governance/resourcequota.yaml`.',
    ],
    ['a reference', 'See `AppProject/shopp`.', 'See `AppProject/shop`.'],
    [
      'a link of a shape',
      '```d2\na: Shop { link: "gitops:AppProject/shopp" }\nb: { link: gitops:Service/shop/cartt }\n```',
      '```d2\na: Shop { link: "gitops:AppProject/shop" }\nb: { link: gitops:Service/shop/cart }\n```',
    ],
    ['several on a line', `${projects('1')} and ${projects('9')}`, `${projects('2')} and ${projects('2')}`],
    ['in a list in a quote', `> - There are ${projects('3')}`, `> - There are ${projects('2')}`],
    ['after characters of two units', `𝒳 ${projects('3')} 𝒳`, `𝒳 ${projects('2')} 𝒳`],
  ])('%s', async (_, before, after) => {
    const page = await fixed(before);
    expect(page.after).toBe(after);
    expect(page.rules).toEqual([]);
    expect(page.refused).toEqual([]);
  });

  it('keeps a byte order mark, line ends of every kind, and a missing last one', async () => {
    const page = await fixed(`\ufeff---\r\ntitle: x\r\n---\r\n\r\n${projects('3')}\r\nmore\nend`);
    expect(page.after).toBe(`\ufeff---\r\ntitle: x\r\n---\r\n\r\n${projects('2')}\r\nmore\nend`);
  });

  it('in MDX too', async () => {
    expect((await fixed(`{1 + 1}\n\n${projects('3')}\n`, 'mdx')).after).toBe(`{1 + 1}\n\n${projects('2')}\n`);
  });
});

describe('pages that link to each other', () => {
  it('follow a heading that is mended', async () => {
    const path = bench.write(
      `## There are ${projects('ten')} projects\n\n[above](#there-are-ten-projects)\n`,
    );
    const other = bench.write(`[there](./${basename(path)}#there-are-ten-projects)\n`);
    const pages = await fixPages(bench.engine, [other, path]);
    expect(pages.map(({ after }) => after)).toEqual([
      `[there](./${basename(path)}#there-are-two-projects)\n`,
      `## There are ${projects('two')} projects\n\n[above](#there-are-two-projects)\n`,
    ]);
    for (const { report } of pages) expect(report.diagnostics).toEqual([]);
  });

  it('are told of, where the new heading is too far from the old', async () => {
    const page = await fixed(
      `## ${projects('twelve hundred')} projects\n\n[above](#twelve-hundred-projects)\n`,
    );
    expect(page.after).toBe(`## ${projects('two')} projects\n\n[above](#twelve-hundred-projects)\n`);
    expect(page.rules).toEqual(['link-broken']);
  });
});

describe('a page is left alone', () => {
  it('where a suppression covers the fault', async () => {
    const text = `<!-- plumbline-ignore fact-stale: as it was in spring -->\n\n${projects('3')}\n`;
    const page = await fixed(text);
    expect(page.applied).toEqual([]);
    expect(page.rules).toEqual([]);
  });

  it('where no one answer is certain', async () => {
    const text = ':claim[All is well]{of="kind == \'Namespace\'" all="wave > 100"}\n';
    const page = await fixed(text);
    expect(page.applied).toEqual([]);
    expect(page.rules).toEqual(['claim-false']);
  });

  it('where what comes nearest may be something else', async () => {
    const text = 'See `K8s/shop/governance/quota.yaml` and `AppProject/shopping`.\n';
    const page = await fixed(text);
    expect(page.applied).toEqual([]);
    expect(page.report.diagnostics.map(({ candidates }) => candidates)).toEqual([
      ['K8s/shop/governance/resourcequota.yaml'],
      ['AppProject/shop'],
    ]);
  });

  it('where the replacement would not mend it: the fault stays and is told, the others are mended', async () => {
    let asked = 0;
    const restless = saying(() => `answer ${++asked}`);
    const path = bench.write(`${projects('3')} :fact[x]{value="1"} ${projects('4')}\n`);
    const [page] = await fixPages(restless, [path]);
    expect(page?.after).toBe(`${projects('2')} :fact[x]{value="1"} ${projects('2')}\n`);
    expect(page?.refused.map(({ rule }) => rule)).toEqual(['fact-stale']);
    expect(page?.applied).toHaveLength(2);
  });

  it('where it is not UTF-8', async () => {
    const path = bench.write('');
    writeFileSync(path, Buffer.concat([Buffer.from(projects('3')), Buffer.from([0xff, 0xfe])]));
    const page = await fixedAt(path);
    expect(page.blocked).toMatch(/UTF-8/);
    expect(page.applied).toEqual([]);
  });
});

describe('a value is written as the text that it is', () => {
  /** Where a fact may stand, in both formats. */
  const places: [string, (fact: string) => string][] = [
    ['a sentence', (fact) => `There is ${fact} here, and \`code\`.\n`],
    ['the beginning of a paragraph', (fact) => `${fact} is what it is.\n`],
    ['a heading', (fact) => `## About ${fact}\n\nWords.\n`],
    ['a cell', (fact) => `| a | b |\n| --- | --- |\n| ${fact} | *x* |\n`],
    ['a list in a quote', (fact) => `> - one ${fact}\n> - two\n`],
    ['emphasis', (fact) => `It is **${fact}** and _more_.\n`],
    ['a claim', (fact) => `:claim[It is ${fact}]{of="kind == 'AppProject'" all="true"}\n`],
  ];
  const spiteful = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 24 }),
    fc
      .array(
        fc.constantFrom(
          ...[
            '{{',
            '}}',
            '{',
            '}',
            '|',
            '`',
            '``',
            '<',
            '</b>',
            '<!--',
            '&amp;',
            '&',
            '[',
            ']',
            '](x)',
            '\\',
            '*',
            '_',
          ],
          ...[
            '~~',
            '#',
            ':',
            ':fact[',
            'a:1.4',
            'http://x.y',
            'www.x.y',
            'a@b.c',
            '\n',
            '\n\n',
            '\t',
            ' ',
            '-',
            '1.',
            '>',
            '"',
            '$',
            '%}',
            '\u2028',
            'é',
          ],
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  );

  it.each(['md', 'mdx'])(
    'in %s, wherever it stands: the page parses, says it, and is else the same',
    async (format) => {
      let tried = 0;
      await fc.assert(
        fc.asyncProperty(spiteful, fc.constantFrom(...places), async (value, [, place]) => {
          // What a page cannot show it cannot say: blank text, and characters that Markdown itself replaces.
          fc.pre(value.trim() !== '' && value.trim() !== 'x' && !/[\0\ufffd\ud800-\udfff]/.test(value));
          tried += 1;
          const [before, after] = place(':fact[x]{value="1"}').split(':fact[x]') as [string, string];
          const path = bench.write(`${before}:fact[x]${after}`, format);
          const [page] = await fixPages(
            saying(() => value),
            [path],
          );
          expect(page?.report.diagnostics).toEqual([]);
          expect(page?.applied).toHaveLength(1);
          expect(page?.after.startsWith(before) && page.after.endsWith(after)).toBe(true);
        }),
        { numRuns: runs(60) },
      );
      expect(tried).toBeGreaterThan(20);
    },
  );

  it('and not as what it would be in HTML', async () => {
    const page = await fixed(':fact[x]{value="\'<img src=x onerror=y> a]b\'"}\n');
    expect(page.after).toBe(':fact[\\<img src=x onerror=y> a\\]b]{value="\'<img src=x onerror=y> a]b\'"}\n');
    expect(page.rules).toEqual([]);
  });
});

describe('every rule', () => {
  const pageRules: Rule[] = Object.values(rules).filter(({ about }) => about === 'page');

  it.each(pageRules.map((rule) => [rule.name, rule] as const))(
    '%s: where its example can be fixed, it passes then, and fixing it twice is fixing it once',
    async (_, rule) => {
      const first = await fixed(rule.failing);
      const hadFix = (await bench.check(rule.failing)).diagnostics.some(({ fix }) => fix !== undefined);
      expect(first.applied.length > 0).toBe(hadFix);
      expect(hadFix).toBe(rule.fixable ?? false);
      if (hadFix) expect(first.rules).toEqual([]);
      const second = await fixed(first.after || rule.failing);
      expect(second.applied).toEqual([]);
    },
  );

  it('pages of many faults end with none that can be fixed, and nothing else is changed', async () => {
    const pieces: [string, string][] = [
      [projects('5'), projects('2')],
      [projects('two'), projects('two')],
      ['`K8s/shop/governance/resource-quota.yaml`', '`K8s/shop/governance/resourcequota.yaml`'],
      ['`AppProject/shopp`', '`AppProject/shop`'],
      ['prose with *marks* and `code`', 'prose with *marks* and `code`'],
      ['\r\n\r\n- ', '\r\n\r\n- '],
      ['\n\n> ', '\n\n> '],
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), async (chosen) => {
        const text = `x ${chosen.map(([before]) => before).join(' ')}`;
        const wanted = `x ${chosen.map(([, after]) => after).join(' ')}`;
        const page = await fixed(text);
        expect(page.applied.length === 0 ? text : page.after).toBe(wanted);
        expect(page.rules).toEqual([]);
        expect((await fixed(wanted)).applied).toEqual([]);
      }),
      { numRuns: runs(25) },
    );
  });
});
