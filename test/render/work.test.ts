import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPatience, withinSteps } from '../../plugins/base/index.ts';
import { openClosures } from '../../plugins/render/analysis/closure.ts';
import { missingFault } from '../../plugins/render/analysis/reference-faults.ts';
import { openBudget } from '../../plugins/render/build-budget.ts';
import { openWork } from '../../plugins/render/build-work.ts';
import { engineTime } from '../../plugins/render/engines/engine-time.ts';
import { run } from '../../plugins/render/engines/find-engine.ts';
import { noAnswers, requestKey, type SourceRequest } from '../../plugins/render/index.ts';
import { openAnswers } from '../../plugins/render/questions/answered.ts';
import { openRepository } from '../../plugins/render/repository-files.ts';
import { openCache } from '../../plugins/source/index.ts';
import { read, tree } from '../source/tree.ts';
import { renderAll, renderSources } from './rendering.ts';

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const listing = (...resources: string[]) => `resources: [${resources.join(', ')}]\n`;

/** Two folders a layer, each of which lists both of the next: 2^layers ways to the last. */
function diamond(layers: number): Record<string, string> {
  const files: Record<string, string> = {};
  for (let layer = 0; layer < layers; layer++)
    for (const side of ['a', 'b'])
      files[`K8s/${side}${layer}/kustomization.yaml`] =
        `namePrefix: ${side}-\n${layer + 1 < layers ? listing(`../a${layer + 1}`, `../b${layer + 1}`) : listing('one.yaml')}`;
  for (const side of ['a', 'b']) files[`K8s/${side}${layers - 1}/one.yaml`] = configMap('one');
  return files;
}

async function workOf(files: Record<string, string>) {
  const repository = openRepository(await read(tree(files)));
  return openWork(openClosures(repository), repository);
}

describe('the work of a build', () => {
  test('counts a folder once for each way that leads to it, without walking the ways', async () => {
    const work = await workOf(diamond(200));
    expect(work('K8s/a190')).toBeGreaterThan(2 ** 9 * 1000);
    expect(work('K8s/a180')).toBeGreaterThan(1000 * work('K8s/a190'));
    expect(work('K8s/a0')).toBeGreaterThan(1e60);
  });

  test('comes to an end where folders list each other, and where a chain has no end', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `../k${index}`);
    const ring = await workOf(
      Object.fromEntries(
        names.map((name) => [
          `K8s/${name.slice(3)}/kustomization.yaml`,
          listing(...names.filter((other) => other !== name)),
        ]),
      ),
    );
    expect(ring('K8s/k0')).toBeGreaterThan(1e9);
    const chain = await workOf(
      Object.fromEntries(
        Array.from({ length: 400 }, (_, index) => [
          `K8s/k${index}/kustomization.yaml`,
          listing(`../k${index + 1}`),
        ]),
      ),
    );
    expect(chain('K8s/k0')).toBe(Number.POSITIVE_INFINITY);
    expect(chain('K8s/k399')).toBeLessThan(10_000);
  });

  test.each([
    ['patches', (count: number) => `patches: [${'{target: {name: c.*}, patch: "[]"}, '.repeat(count)}]`],
    ['patterns', (size: number) => `patches: [{target: {name: "(a{100}b?){${size}}"}, patch: "[]"}]`],
    [
      'selectors',
      (size: number) => `patches: [{target: {labelSelector: "${'a,'.repeat(size)}a"}, patch: "[]"}]`,
    ],
    [
      'replacements',
      (count: number) =>
        `replacements: [{source: {kind: A}, targets: [${'{select: {kind: B}, fieldPaths: [data.a]}, '.repeat(count)}]}]`,
    ],
  ])('grows with %s', async (_name, extra) => {
    const files = (size: number) => ({
      'K8s/kustomization.yaml': `resources: [all.yaml]\n${extra(size)}\n`,
      'K8s/all.yaml': Array.from({ length: 100 }, (_, index) => configMap(`c${index}`)).join('---\n'),
    });
    const few = (await workOf(files(10)))('K8s');
    expect((await workOf(files(3000)))('K8s')).toBeGreaterThan(2 * few);
  });
});

describe('what engines answer in a run', () => {
  const round = (finishing: readonly (readonly [string, number])[]) => {
    const answers = openAnswers(100);
    const one = answers.round(['a', 'b', 'c', 'd']);
    const begun = finishing.flatMap(([name, size]) => {
      if (one.refusal(name) !== null) return [];
      one.note(name, size);
      return [name];
    });
    return { begun, left: [...one.close().keys()], later: answers.round(['e']).refusal('e') !== null };
  };

  test('is bounded: what comes after too much is not started', () => {
    const all = [
      ['a', 60],
      ['b', 60],
      ['c', 1],
      ['d', 1],
    ] as const;
    expect(round(all)).toEqual({ begun: ['a', 'b'], left: ['c', 'd'], later: true });
  });

  test('and what is left out is the same whichever comes to an end first', () => {
    const turned = [
      ['d', 1],
      ['b', 60],
      ['c', 1],
      ['a', 60],
    ] as const;
    expect(round(turned)).toEqual({ begun: ['d', 'b', 'c', 'a'], left: ['c', 'd'], later: true });
    expect(
      round([
        ['a', 60],
        ['b', 30],
      ]).left,
    ).toEqual([]);
  });
});

describe('the work of a run', () => {
  test('goes to the smallest first, whatever their names, and says what is left of it', () => {
    const budget = openBudget(400_000);
    const { taken, left } = budget.take([
      ['a', 390_000],
      ['z', 10_000],
      ['b', 10_000],
      ['never', Number.POSITIVE_INFINITY],
    ]);
    expect(taken).toEqual(['b', 'z']);
    expect([...left]).toEqual([
      [
        'a',
        'building it takes about 390,000 steps of work, and of the 400,000 steps of a run, the smallest builds first, 180,000 are left',
      ],
      ['never', expect.stringContaining('takes more work than can be counted')],
    ]);
    expect(budget.take([['later', 0]]).taken).toEqual(['later']);
    expect(budget.take([['latest', 0]]).taken).toEqual([]);
  });

  test('leaves out what is too much, which is said at its place and hides nothing else', async () => {
    const files = {
      ...diamond(12),
      'K8s/z/kustomization.yaml': listing('own.yaml'),
      'K8s/z/own.yaml': configMap('own'),
    };
    const sources = await read(tree(files));
    const { builds, diagnostics } = await renderAll(sources, { cache: openCache(null), work: 2_000_000 });
    expect(diagnostics).toEqual([]);
    expect(builds.get('K8s/z')).toMatchObject({ failed: false, unverified: [] });
    expect(builds.get('K8s/a11')?.objects).toHaveLength(1);
    expect(builds.get('K8s/a0')).toMatchObject({
      failed: true,
      objects: [],
      unverified: [
        {
          kind: 'kustomization',
          directory: 'K8s/a0',
          origin: { file: 'K8s/a0/kustomization.yaml' },
          why: expect.stringMatching(
            /^building it takes about .* of the 2,000,000 steps of a run.*its plain files stand/,
          ),
        },
      ],
    });
    const request: SourceRequest = {
      type: 'Kustomize',
      origin: { file: 'K8s/app.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 },
      directory: 'K8s/a0',
      options: { nameSuffix: '-x' },
      resources: null,
      cluster: noAnswers,
    };
    const key = requestKey(request);
    const options = { cache: openCache(null), work: 2_000_000 };
    const asked = (await renderSources(sources, new Map([[key, request]]), options)).get(key);
    expect(asked).toMatchObject({
      objects: [],
      failure: null,
      unverified: [
        { kind: 'kustomization', why: expect.stringContaining('steps of a run'), origin: request.origin },
      ],
    });
  });
});

test('engines that take long get less and less time, those that are quick always theirs', async () => {
  let time = 0;
  const patience = openPatience({ each: 40, quick: 10, together: 40 }, () => {
    const began = time;
    return () => time - began;
  });
  const limits: number[] = [];
  const after = (milliseconds: number) => async (limit: number) => {
    limits.push(limit);
    time += milliseconds;
    return 'done';
  };
  await patience.wait(after(0));
  await patience.wait(after(45));
  await patience.wait(after(0));
  await patience.wait(after(45));
  expect(limits).toEqual([40, 40, 10, 10]);
  expect(await patience.wait(after(0))).toBeNull();
  patience.restore();
  expect(await patience.wait(after(0))).toBe('done');
});

test('what was cut short counts whole, and nothing else by what others do meanwhile', () => {
  const taken = engineTime(60_000);
  expect(taken({ ok: false, cut: true })).toBeGreaterThanOrEqual(60_000);
  expect(taken({ ok: true })).toBeLessThan(60_000);
});

test('an entry that nothing is looked for near, as too many before it were, says so', () => {
  const root = tree({ 'K8s/deploy.yaml': '' });
  const place = { file: 'K8s/kustomization.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };
  const value = { resources: ['deplyo.yaml'] };
  const reference = { use: 'resource', path: ['resources', 0], target: 'deplyo.yaml' } as const;
  type Given = Parameters<typeof missingFault>;
  const document = { place, locate: () => place } as unknown as Given[2];
  const analysis = { file: { path: place.file }, directory: 'K8s', value } as unknown as Given[3];
  const told = () => {
    const namesIn = (directory: string) => readdirSync(join(root, directory));
    const repository = { root, isDirectory: () => true, namesIn } as unknown as Given[4];
    return missingFault(
      { ...reference, path: [...reference.path] },
      'K8s/deplyo.yaml',
      document,
      analysis,
      repository,
      false,
    );
  };
  expect(told()).toMatchObject({
    candidates: ['deploy.yaml'],
    help: expect.not.stringContaining('looked for'),
  });
  expect(withinSteps(0, told).value).toMatchObject({
    candidates: [],
    help: expect.stringContaining('What comes near it was not looked for'),
  });
});

test('an argument with a NUL character, which no program can be given, is a build that fails', async () => {
  const output = await run('Helm', '/none/helm', ['template', 'a\0b'], '/', 1000, []);
  expect(output).toMatchObject({ ok: false, lasting: true, message: expect.stringContaining('NUL') });
});
