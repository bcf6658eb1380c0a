import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Diagnostic, isVerdictOf } from '../../plugins/checks/index.ts';
import { checkPage } from '../../plugins/engine/check-pages.ts';
import { wordsAt } from '../engine/pages.ts';
import { rowsInTurns } from '../turns.ts';
import { type Bench, engineWithPages, temporaryFolder } from './engine.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await engineWithPages();
  const outside = temporaryFolder();
  writeFileSync(join(outside, 'secret.d2'), 'stolen\n');
  mkdirSync(join(bench.docs, 'parts'));
  symlinkSync(join(outside, 'secret.d2'), join(bench.docs, 'parts', 'link.d2'));
  writeFileSync(join(bench.docs, 'parts', 'frame.d2'), 'inner: @missing\n');
  mkdirSync(join(bench.docs, 'parts', 'deep'));
  writeFileSync(join(bench.docs, 'parts', 'outer.d2'), 'outer: @deep/middle\n');
  writeFileSync(join(bench.docs, 'parts', 'deep', 'middle.d2'), 'a\nb: @lst\n');
  writeFileSync(join(bench.docs, 'parts', 'deep', 'last.d2'), 'c\n');
  writeFileSync(join(bench.docs, 'parts', 'broken.d2'), 'a\nb: { shape: squircle }\n');
  writeFileSync(join(bench.docs, 'parts', 'stale.d2'), 'a\nb: { link: "gitops:AppProject/shoop" }\n');
});
afterAll(() => bench.close());

const project = 'p: Shop { link: "gitops:AppProject/shop" }';
const audit = 'a: Audit { link: "gitops:AppProject/audit" }';
const namespace = 'n: shop { link: "gitops:Namespace/shop" }';

/** The pages lie outside the repository. */
const endingIn = (path: string): string =>
  expect.stringMatching(new RegExp(`/${path}$`)) as unknown as string;

/** One fault each: what is written, the words under the caret, and what is said of them. */
const cases: Case[] = [
  {
    name: 'bad syntax',
    body: 'x: {',
    words: '{',
    fault: {
      rule: 'diagram-invalid',
      message: 'D2 cannot read this diagram: maps must be terminated with }',
    },
  },
  {
    name: 'a value that D2 does not know',
    body: 'x: { shape: squircle }',
    words: 'squircle',
    fault: { rule: 'diagram-invalid', message: 'D2 cannot read this diagram: unknown shape "squircle"' },
  },
  {
    name: 'a class of the site that is misspelt',
    body: '...@gitops/classes; x: { class: [projct; more] }',
    words: 'projct',
    fault: {
      rule: 'diagram-invalid',
      message: 'there is no class `projct`: D2 draws the shape without one',
      candidates: ['project'],
      help: 'did you mean `project`?',
    },
  },
  {
    name: 'a class of the fence that is misspelt',
    body: 'classes: { warehouse: { style.fill: "#abcdef" } }; x.class: warehose # class: projct',
    words: 'warehose',
    fault: { rule: 'diagram-invalid', candidates: ['warehouse'] },
  },
  {
    name: 'a class of the site that is not imported, beside a shape of its name',
    body: 'project: { class: project }; other: { class: of-a-stylesheet }',
    words: 'project',
    fault: { rule: 'diagram-invalid', help: 'begin the diagram with `...@gitops/classes`' },
  },
  {
    name: 'a bound resource that is gone',
    body: 'x: { link: "gitops:AppProject/shoop" }',
    words: '"gitops:AppProject/shoop"',
    fault: {
      rule: 'diagram-reference-unknown',
      message: '`x` stands for `AppProject/shoop`, which no manifest declares',
      candidates: ['gitops:AppProject/shop'],
      help: 'did you mean `gitops:AppProject/shop`?',
      sources: [expect.objectContaining({ file: 'IT/argocd/appproject-shop.yaml', line: 4 })],
    },
  },
  {
    name: 'a bound resource that is gone, on an edge',
    body: 'x -> y: { link: "gitops:AppProject/shoop" }',
    words: '"gitops:AppProject/shoop"',
    fault: {
      rule: 'diagram-reference-unknown',
      message: '`(x -> y)[0]` stands for `AppProject/shoop`, which no manifest declares',
    },
  },
  {
    name: 'an edge drawn the wrong way',
    body: `${project}; ${namespace}; n -> p: "😀"`,
    words: 'n -> p',
    fault: {
      rule: 'diagram-edge-unbacked',
      message:
        'this edge runs against its relation, `AppProject/shop permits Namespace/shop`: `Namespace/shop` → `AppProject/shop` ("😀")',
      candidates: ['p -> n'],
      help: 'turn the edge round: `p -> n`',
      sources: [expect.objectContaining({ file: 'IT/argocd/appproject-shop.yaml', line: 11 })],
    },
  },
  {
    name: 'an edge that nothing backs',
    body: `${audit}; ${namespace}; a -> n`,
    words: 'a -> n',
    fault: {
      rule: 'diagram-edge-unbacked',
      message: 'no manifest backs this edge: `AppProject/audit` → `Namespace/shop`',
      expected: 'AppProject/audit permits Namespace/shop',
    },
  },
  {
    name: 'an import from above the page',
    body: 'x: @../secret',
    words: '@../secret',
    fault: { rule: 'diagram-invalid', message: "the import `@../secret` lies outside the page's folder" },
  },
  {
    name: 'an import by an absolute path',
    body: '...@/etc/passwd',
    words: '@/etc/passwd',
    fault: { rule: 'diagram-invalid', message: 'the import `@/etc/passwd` is an absolute path' },
  },
  {
    name: 'an import through a symbolic link that leads out',
    body: 'x: @parts/link',
    words: '@parts/link',
    fault: { rule: 'diagram-invalid', message: 'the import `@parts/link` leads outside the repository' },
  },
  {
    name: 'an import that is not there',
    body: 'x: @parts/fram',
    words: '@parts/fram',
    fault: { message: 'there is no file `parts/fram.d2` beside the page', candidates: ['@parts/frame'] },
  },
  {
    name: 'an import of an import that is not there',
    body: 'x: @parts/frame',
    words: '@parts/frame',
    fault: {
      message: 'there is no file `parts/missing.d2` beside the page: `parts/frame.d2` imports it in line 1',
      sources: [expect.objectContaining({ file: endingIn('parts/frame.d2'), line: 1, column: 8 })],
    },
  },
  {
    name: 'an import three files away, with its nearest as it would be written there',
    body: 'x: @parts/outer',
    words: '@parts/outer',
    fault: {
      message:
        'there is no file `parts/deep/lst.d2` beside the page: `parts/deep/middle.d2` imports it in line 2',
      candidates: ['@last'],
    },
  },
  {
    name: 'an import that D2 cannot read',
    body: 'x: @parts/broken',
    words: '@parts/broken',
    fault: {
      message:
        'D2 cannot read this diagram: unknown shape "squircle" (in the import `parts/broken.d2`, line 2)',
      sources: [expect.objectContaining({ file: endingIn('parts/broken.d2'), line: 2, column: 13 })],
    },
  },
  {
    name: 'an import that speaks of a resource that is gone',
    body: '...@parts/stale',
    words: '@parts/stale',
    fault: { message: '`b` stands for `AppProject/shoop`, which no manifest declares' },
  },
  {
    name: 'an import of no view',
    body: '...@gitops/projekts',
    words: '@gitops/projekts',
    fault: { message: 'there is nothing to import as `@gitops/projekts`' },
  },
  ...[
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    ' javascript:alert(1)',
    'java\\tscript:alert(1)',
    'java\\nscript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
  ].map(
    (link): Case => ({
      name: `the link ${JSON.stringify(link)}`,
      body: `x: { link: "${link}" }`,
      words: `"${link}"`,
      fault: {
        rule: 'diagram-invalid',
        message: expect.stringContaining('a link may not use the scheme of') as unknown as string,
        help: 'use a relative link, `https:`, or `gitops:Kind/name`',
      },
    }),
  ),
  {
    name: 'a link that D2 drops',
    body: 'x.link: concepts/page.md',
    words: 'concepts/page.md',
    fault: { message: 'D2 drops the link of `x`: it is neither a URL nor a board of the diagram' },
  },
  {
    name: 'a board that is not there',
    body: 'x.link: layers.detial; layers: { detail: { y } }',
    words: 'layers.detial',
    fault: {
      rule: 'diagram-invalid',
      message: 'the diagram draws no board `layers.detial`',
      candidates: ['layers.detail'],
    },
  },
  {
    name: 'an icon from elsewhere',
    body: 'x.icon: https://example.com/logo.svg',
    words: 'https://example.com/logo.svg',
    fault: {
      rule: 'diagram-invalid',
      message: 'an icon is a file of the repository, and `https://example.com/logo.svg` is not',
    },
  },
];

/** Ways in which a fence can stand in a page. */
const settings: [string, (fence: string) => string][] = [
  ['alone', (fence) => fence],
  ['after front matter', (fence) => `---\ntitle: A page 😀\ndescription: "x"\n---\n\n# 😀\n\n${fence}`],
  ['in a list', (fence) => `1. one 😀\n\n${indented(fence, '   ')}`],
  ['in a block quote in a list', (fence) => `- x\n\n${indented(fence, '  > ')}`],
  ['with carriage returns', (fence) => `---\ntitle: x\n---\n\n😀\n\n${fence}`.replaceAll('\n', '\r\n')],
  ['with tildes and blanks before', (fence) => `  ${fence.replaceAll('```', '~~~~')}`],
];

describe.each(rowsInTurns(settings, 3))('a fence %s', (_setting, page) => {
  it.each(cases)('tells $name at its place', async ({ body, words, fault }) => {
    // What is not in the basic plane takes two UTF-16 units, which a place counts as an editor does.
    const text = page(fenceOf(`"😀 before": "é"; ${body}`));
    const found = await faultsOf(text);
    expect(found.map((one) => `${one.rule}: ${one.message}`)).toHaveLength(1);
    expect(found[0]).toMatchObject({ ...fault, words });
    const at = text.indexOf(body) + body.lastIndexOf(words);
    const before = text.slice(0, at);
    expect(found[0]?.page).toMatchObject({
      line: before.split('\n').length,
      column: at - (before.lastIndexOf('\n') + 1) + 1,
    });
    expect(found[0]?.help).toBeTruthy();
  });

  it('tells of its options at their places', async () => {
    const options = `covers="kind == 'AppProject'" titel="😀" exact`;
    const text = page(fenceOf(`${project}; "😀": "x"; ${namespace}`, options));
    expect((await faultsOf(text)).map((one) => [one.rule, one.words, one.candidates])).toEqual([
      ['diagram-incomplete', "kind == 'AppProject'", []],
      ['directive-invalid', 'titel', ['title']],
      ['diagram-incomplete', '"gitops:Namespace/shop"', []],
    ]);
  });
});

describe('a fence', () => {
  it('that leaves out what it covers names it, and the line that declares it', async () => {
    const [fault] = await faultsOf(fenceOf(project, `covers="kind == 'AppProject'"`));
    expect(fault).toMatchObject({
      rule: 'diagram-incomplete',
      message: 'the diagram leaves out 1 of the 2 it covers: `AppProject/audit`',
      actual: '1 bound',
      sources: [
        { file: 'IT/argocd/appproject-audit.yaml', line: 4, resource: 'AppProject/audit', role: 'missing' },
      ],
      help: 'add a shape with { link: "gitops:AppProject/audit" }',
    });
  });

  it.each([
    ['n -> p', 'turn the edge round: `p -> n`'],
    ['p <- n', 'turn the edge round: `p -> n`'],
    ['n <-> p', 'draw the edge one way: `p -> n`'],
    ['p <-> n', 'draw the edge one way: `p -> n`'],
  ])('with the edge `%s` is told how it would be right', async (edge, help) => {
    const [fault, ...more] = await faultsOf(fenceOf(`${project}; ${namespace}; ${edge}`));
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ words: edge, candidates: ['p -> n'], help });
  });

  it('is told all that is wrong at once, in the order of the page', async () => {
    const body = '...@nowhere\nx: @../up\ny: @gitops/nothing';
    expect((await faultsOf(fenceOf(body))).map(({ words }) => words)).toEqual([
      '@nowhere',
      '@../up',
      '@gitops/nothing',
    ]);
  });

  it('may speak of an `@` that is no import', async () => {
    const body = 'a: "ask @nobody" { tooltip: "x: @none" }\nb: |md\n  note: @no-one\n|\nc: d # x: @nothing';
    expect(await faultsOf(fenceOf(body))).toEqual([]);
  });

  it('may take a link back', async () => {
    const body = `${project}\np.link: null\n${audit}\nscenarios: { s: { a.link: null } }`;
    expect(await faultsOf(fenceOf(body))).toEqual([]);
  });

  it.each(['dagre', 'elk'])('is drawn by %s, its boards too', async (layout) => {
    const text = fenceOf(`${project}; ${namespace}; p -> n\nlayers: { d: { x -> y } }`, `layout="${layout}"`);
    const { verdicts } = await checkPage(bench.engine, bench.write(text));
    const [verdict] = verdicts;
    if (!verdict || !isVerdictOf(verdict, 'd2') || !verdict.result) throw new Error('no drawing');
    const { input } = verdict.result;
    expect(input.layout).toBe(layout);
    const options = { salt: 's', title: 'T', description: '', resolveLink: () => null };
    expect(await bench.engine.d2.render(input, options)).toMatch(/>Shop<.*>shop</s);
    expect(await bench.engine.d2.render(input, { ...options, board: 'layers.d' })).toMatch(/>x<.*>y</s);
  });

  it('may say an attribute twice as D2 does: the later link counts', async () => {
    const body = 'x: { link: "gitops:AppProject/shop" }\nx.link: "gitops:AppProject/shoop"';
    expect((await faultsOf(fenceOf(body))).map(({ page }) => page?.line)).toEqual([3]);
  });
});

async function faultsOf(text: string): Promise<(Diagnostic & { words: string })[]> {
  const { diagnostics } = await bench.check(text);
  return diagnostics.map((one) => ({ ...one, words: one.page ? wordsAt(text, one.page) : '' }));
}

function fenceOf(body: string, options = ''): string {
  return `\`\`\`d2 ${options}\n${body}\n\`\`\`\n`;
}

function indented(text: string, by: string): string {
  return text.replaceAll(/^(?=.)/gm, by);
}

interface Case {
  name: string;
  body: string;
  words: string;
  fault: Partial<Diagnostic>;
}
