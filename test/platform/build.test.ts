import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { shareOfDay } from '../fuzz.ts';
import { openWorkshop } from './kustomize.ts';
import { files, inputs, kustomizations, manifestFiles, manifestsIn, titleOf } from './manifests.ts';
import { faultsOf } from './schema.ts';

const workshop = openWorkshop();
afterAll(() => workshop.close());

/** A third of them each day. */
const turn = shareOfDay(kustomizations, 3);
console.log(`kustomizations built: ${turn.chosen.length} of ${kustomizations.length} (${turn.name})`);

describe('every kustomization builds, its remote charts taken out', () => {
  test.concurrent.each(turn.chosen)('$folder', async ({ folder, content }) => {
    const manifests = manifestsIn(await workshop.build(folder));
    const local = (content.resources ?? []).length + (content.configMapGenerator ?? []).length;
    expect(manifests.length).toBeGreaterThanOrEqual(local);
    const faults = await Promise.all(
      manifests.map(async (manifest) =>
        (await faultsOf(manifest)).map((fault) => `${titleOf(manifest)}: ${fault}`),
      ),
    );
    expect(faults.flat()).toEqual([]);
    expect(manifests.map(titleOf)).toEqual([...new Set(manifests.map(titleOf))]);
  });

  test('and one that lists a missing file does not', async () => {
    const broken = openWorkshop();
    rmSync(join(broken.folder, 'K8s/security/trivy/prometheusrule.yaml'));
    await expect(broken.build('K8s/security/trivy')).rejects.toThrow('prometheusrule.yaml');
    broken.close();
  });
});

describe('every file has a reader', () => {
  const listed = kustomizations.flatMap(({ folder, content }) =>
    (content.resources ?? []).map((entry) => join(folder, entry)),
  );

  test('a manifest is listed by the kustomization beside it, or is an ApplicationSet', () => {
    const lost = manifestFiles
      .filter((file) => !file.endsWith('/kustomization.yaml') && !listed.includes(file))
      .filter((file) => !/^K8s\/([^/]+)\/applicationset-\1\.yaml$/.test(file));
    expect(lost).toEqual([]);
  });

  test('a kustomization is listed by the one above it, or is an application of its own', () => {
    const roots = kustomizations
      .map(({ folder }) => folder)
      .filter((folder) => !listed.includes(folder) && !/^K8s\/[^/]+\/[^/]+$/.test(folder));
    expect(roots).toEqual(['IT/gateway/httproutes', 'IT']);
  });

  test('what a kustomization or a chart reads is there', () => {
    expect([...listed, ...inputs].filter((path) => !isThere(path))).toEqual([]);
  });

  test('nothing else lies about', () => {
    const known = [...manifestFiles, ...inputs];
    expect(files.filter((file) => !known.includes(file))).toEqual(['IT/README.md']);
  });
});

function isThere(path: string): boolean {
  return files.some((file) => file === path || dirname(file) === path);
}
