import { cpSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCache } from '../../plugins/source/index.ts';
import { corpus, isPresent } from '../corpus.ts';
import { shareOfDay } from '../fuzz.ts';
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

describe.skipIf(!isPresent(corpus('.')))('real repositories', { timeout: 900_000 }, () => {
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

  // Whole repositories take minutes: of their folders, which hold all that they build on, a share each day.
  const parts = partsOf(corpus('homelab'), 'k8s/*/*');
  const ofHomelab = shareOfDay(parts, 6);
  test(`homelab: every kustomization renders; only files that are no text are missing (${ofHomelab.name})`, async () => {
    const root = copyOf(corpus('homelab'), ofHomelab.chosen);
    const { diagnostics, failed, builds } = await renderCorpus(
      root,
      `homelab (${ofHomelab.chosen.length} of ${parts.length} folders)`,
    );
    expect(builds.length).toBeGreaterThan(2);
    expect(failed).toBe(0);
    const faults = diagnostics.map(
      ({ sources: [source] }) => `${source?.file} ${source?.path?.split('[')[0]}`,
    );
    expect(faults.sort()).toEqual(
      notInCorpus.filter((fault) => ofHomelab.chosen.some((part) => fault.startsWith(`${part}/`))),
    );
    const lost = builds
      .flatMap(({ objects }) => objects)
      .filter(({ origin, value }) => origin.document < 0 && !/^(ConfigMap|Secret)$/.test(String(value.kind)));
    expect(lost).toEqual([]);
  });

  const components = partsOf(corpus('infra-deployments'), 'components/*');
  const ofDeployments = shareOfDay(components, components.length);
  test(`infra-deployments ends without a crash, in bounded time (${ofDeployments.name})`, async () => {
    const { chosen } = ofDeployments;
    const { failed, builds } = await renderCorpus(
      copyOf(corpus('infra-deployments'), chosen.includes(needs.part) ? [...chosen, needs.other] : chosen),
      `infra-deployments (${chosen.length} of ${components.length} components)`,
    );
    expect(builds.length).toBeGreaterThan(0);
    expect(failed / builds.length).toBeLessThan(0.01);
  });
});

function partsOf(repository: string, pattern: string): string[] {
  return globSync(pattern, { cwd: repository })
    .filter((path) => statSync(join(repository, path)).isDirectory())
    .sort();
}

function copyOf(repository: string, parts: string[]): string {
  const root = tree({});
  for (const part of parts) cpSync(join(repository, part), join(root, part), { recursive: true });
  return root;
}

/** Files of the homelab that are no text were left out of the corpus. */
const notInCorpus = [
  'k8s/applications/ai/openwebui/pipelines/kustomization.yaml configMapGenerator',
  'k8s/applications/automation/zigbee2mqtt/kustomization.yaml configMapGenerator',
  'k8s/applications/games/minecraft/plugins/kustomization.yaml configMapGenerator',
];

/** The component of infra-deployments that builds on another. */
const needs = { part: 'components/cluster-as-a-service', other: 'components/openshift-gitops' };
