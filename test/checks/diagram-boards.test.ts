import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Diagnostic, isVerdictOf, tipOf } from '../../plugins/checks/index.ts';
import { wordsAt } from '../engine/pages.ts';
import { type Bench, engineWithPages } from './engine.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await engineWithPages();
});
afterAll(() => bench.close());

const fence = (body: string, options = '') => `\`\`\`d2 ${options}\n${body}\n\`\`\`\n`;
const project = 'p: Shop { link: "gitops:AppProject/shop" }';
const namespace = 'n: shop { link: "gitops:Namespace/shop" }';

async function faults(page: string): Promise<(Diagnostic & { words: string })[]> {
  const { diagnostics } = await bench.check(page);
  return diagnostics.map((one) => ({ ...one, words: one.page ? wordsAt(page, one.page) : '' }));
}

describe('every board', () => {
  it.each([
    [
      'a resource that is gone',
      'layers: { d: { x: { link: "gitops:AppProject/shopp" } } }',
      '"gitops:AppProject/shopp"',
    ],
    ['an edge that nothing backs', `layers: { d: { ${project}; ${namespace}; n -> p } }`, 'n -> p'],
    ['a link that runs something', 'steps: { d: { x: { link: "javascript:x()" } } }', '"javascript:x()"'],
    [
      'one inside another',
      `layers: { d: { q; scenarios: { e: { ${project}; ${namespace}; n -> p } } } }`,
      'n -> p',
    ],
  ])('is held to: %s', async (_name, body, words) => {
    expect((await faults(fence(body))).map((fault) => fault.words)).toEqual([words]);
  });

  it('repeats a fault of its base once, and has its own beside it', async () => {
    const base = 'x: { link: "gitops:AppProject/shopp" }';
    const scenarios =
      'scenarios: { one: { y }; two: { z: { link: "gitops:AppProject/nothing" } } }\nsteps: { a: { q } }';
    const found = await faults(fence(`${base}\n${scenarios}`));
    expect(found.map(({ words }) => words)).toEqual([
      '"gitops:AppProject/shopp"',
      '"gitops:AppProject/nothing"',
    ]);
  });

  it('counts for what a diagram covers', async () => {
    const covers = `covers="kind == 'AppProject'"`;
    const both = `${project}\nlayers: { d: { a: { link: "gitops:AppProject/audit" } } }`;
    expect(await faults(fence(both, covers))).toEqual([]);
    const stray = `${both.replace('audit" }', 'audit" }; n: { link: "gitops:Namespace/shop" }')}\nscenarios: { s: { x } }`;
    const found = await faults(fence(stray, `${covers} exact`));
    expect(found.map(({ rule, words }) => [rule, words])).toEqual([
      ['diagram-incomplete', '"gitops:Namespace/shop"'],
    ]);
  });
});

describe('a link to a board', () => {
  it('is right to any board that is drawn, from wherever it is written', async () => {
    const body =
      'a.link: layers.d\na -> b: { link: layers.d }\nlayers: { d: { c.link: _; e.link: layers.f; layers: { f: { g.link: root.layers.d } } } }';
    expect(await faults(fence(body))).toEqual([]);
  });

  it.each([
    ['a shape', 'a.link: layers.detial', 'layers.detial', 'layers.detail'],
    ['an edge', 'a -> b: { link: layers.detial }', 'layers.detial', 'layers.detail'],
    ['an edge, set later', 'a -> b\n(a -> b)[0].link: layers.detial', 'layers.detial', 'layers.detail'],
    ['another case', 'a.link: layers.Detail', 'layers.Detail', 'layers.detail'],
    ['another kind', 'a.link: steps.detail', 'steps.detail', 'layers.detail'],
  ])('of %s that is not there offers the nearest', async (_name, link, words, nearest) => {
    const [fault, ...more] = await faults(fence(`${link}\nlayers: { detail: { c } }`));
    expect(more).toEqual([]);
    expect(fault).toMatchObject({
      rule: 'diagram-invalid',
      words,
      message: `the diagram draws no board \`${words}\``,
    });
    expect(fault?.candidates[0]).toBe(nearest);
  });

  it('offers names as they would be written in that board', async () => {
    const inner =
      'layers: { detail: { c.link: layers.innr; layers: { inner: { d } } }; other: { e.link: layers.detail } }';
    const found = await faults(fence(inner));
    expect(found.map(({ words, candidates }) => [words, candidates[0]])).toEqual([
      ['layers.innr', 'layers.inner'],
      ['layers.detail', 'root.layers.detail'],
    ]);
  });
});

describe('what a page gets of a board', () => {
  it('is what it binds, its edges with their lines, its description and its tips', async () => {
    const body = `x\nlayers: { d: { ${project}; ${namespace}; p -> n: deploys to; n <- p; n -- p } }`;
    const page = bench.write(fence(body, 'title="Two boards"'));
    const { checkPage } = await import('../../plugins/engine/check-pages.ts');
    const { verdicts } = await checkPage(bench.engine, page);
    const [verdict] = verdicts;
    if (!verdict || !isVerdictOf(verdict, 'd2') || verdict.result === null) throw new Error('no drawing');
    const drawing = verdict.result;
    const [board] = drawing.boards;
    expect(board).toMatchObject({
      id: 'layers.d',
      kind: 'layer',
      description:
        'Two boards, layer d: a diagram of 2 shapes and 3 connections. Shop to shop (deploys to); shop to Shop; shop to Shop.',
    });
    expect(Object.keys(board?.bound ?? {})).toEqual(['p', 'n']);
    expect(board?.edges.map(({ relation, origin }) => [relation, origin?.file])).toEqual(
      Array(3).fill(['permits', 'IT/argocd/appproject-shop.yaml']),
    );
    const tip = tipOf(bench.engine.platform, drawing, 'layers.d');
    expect(tip('shape', 'p')).toMatch(/^AppProject\/shop, IT\/argocd\/appproject-shop\.yaml:\d+$/);
    for (const edge of board?.edges ?? [])
      expect(tip('edge', edge.id)).toBe(
        `AppProject/shop permits Namespace/shop, IT/argocd/appproject-shop.yaml:${edge.origin?.line}`,
      );
    expect(tipOf(bench.engine.platform, drawing)('shape', 'x')).toBeNull();
    expect(tipOf(bench.engine.platform, drawing, 'layers.none')('shape', 'p')).toBeNull();
  });
});
