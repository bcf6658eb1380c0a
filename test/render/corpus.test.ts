import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCache } from '../../plugins/source/index.ts';
import { corpus, isPresent } from '../corpus.ts';
import { read, tree } from '../source/tree.ts';
import { renderAll } from './rendering.ts';

async function renderCorpus(root: string, name: string) {
  const sources = await read(root);
  const cache = openCache(tree({}));
  const started = performance.now();
  const cold = await renderAll(sources, { cache });
  const between = performance.now();
  const warm = await renderAll(sources, { cache });
  const builds = [...cold.builds.values()];
  const failed = builds.filter((build) => build.failed).length;
  const open = builds.filter((build) => build.unverified.length > 0).length;
  console.log(
    `${name}: ${builds.length} kustomizations, ${failed} refused, ${open} with parts left out, ${cold.diagnostics.length} faults; ` +
      `cold ${Math.round(between - started)} ms, warm ${Math.round(performance.now() - between)} ms`,
  );
  expect(JSON.stringify([...warm.builds])).toBe(JSON.stringify([...cold.builds]));
  expect(warm.diagnostics).toEqual(cold.diagnostics);
  return { ...cold, builds, failed };
}

describe.skipIf(!isPresent(corpus('.')))('real repositories', () => {
  test('idp-blueprint: the file that a kustomization lists and nobody wrote', async () => {
    const { diagnostics, failed } = await renderCorpus(corpus('idp-blueprint'), 'idp-blueprint');
    expect(failed).toBe(0);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      rule: 'render-failed',
      actual: 'appproject-platform.yaml',
      candidates: ['appproject-policies.yaml'],
      sources: [{ file: 'IT/argocd/kustomization.yaml', line: 8, column: 5 }],
    });
  });

  test('homelab: every kustomization renders; only files that are no text are missing from the corpus', async () => {
    const { diagnostics, failed, builds } = await renderCorpus(corpus('homelab'), 'homelab');
    expect(failed).toBe(0);
    expect(diagnostics.map((one) => one.sources[0]?.path?.split('[')[0])).toEqual(
      Array(3).fill('configMapGenerator'),
    );
    const lost = builds
      .flatMap(({ objects }) => objects)
      .filter(({ origin, value }) => origin.document < 0 && !/^(ConfigMap|Secret)$/.test(String(value.kind)));
    expect(lost).toEqual([]);
  });

  // The whole of it takes minutes: a sample here, all with PLUMBLINE_CORPUS=all.
  test('infra-deployments ends without a crash, in bounded time', { timeout: 900_000 }, async () => {
    const whole = process.env.PLUMBLINE_CORPUS === 'all';
    const source = corpus('infra-deployments');
    const root = whole ? source : tree({});
    const sample = ['kueue', 'has', 'squid', 'authentication'];
    if (!whole)
      for (const name of sample)
        cpSync(join(source, 'components', name), join(root, 'components', name), { recursive: true });
    const all = readdirSync(join(source, 'components')).length;
    const { failed, builds } = await renderCorpus(
      root,
      whole ? 'infra-deployments' : `infra-deployments (${sample.length} of ${all} components)`,
    );
    expect(builds.length).toBeGreaterThan(20);
    expect(failed / builds.length).toBeLessThan(0.01);
  });
});
