import { expect, test } from 'vitest';
import { readYaml } from '../../plugins/base/yaml-value.ts';
import { takeShown } from '../../plugins/checks/commands/shown-manifests.ts';
import { findDocs } from '../../plugins/engine/index.ts';
import { globalProjectsOf } from '../../plugins/model/argocd/projects/global-projects.ts';
import { mergeSource } from '../../plugins/model/argocd/sources/source-override.ts';
import { createExclusions } from '../../plugins/model/argocd/sync/exclusions.ts';
import { resourceOverrides } from '../../plugins/model/argocd/sync/ignore-differences.ts';
import { loadConfig } from '../../plugins/source/index.ts';
import { read, tree } from '../source/tree.ts';
import { processorTime } from '../times.ts';

/** A mapping with mappings for keys, which written out at each depth takes 15 s. */
const deep = `${'{'.repeat(400)}a: b${'}: c'.repeat(399)}}`;

test.each<[string, () => unknown]>([
  ['a text', () => expect(readYaml(`[${deep}]`)).toBeUndefined()],
  ['one behind an alias', () => expect(readYaml('{a: &a {b: c}, ? *a : d}')).toBeUndefined()],
  ['global projects', () => expect(globalProjectsOf(`[${deep}]`)).toEqual([])],
  ['excluded kinds', () => createExclusions({ 'resource.exclusions': `[${deep}]` })],
  ['differences that are ignored', () => resourceOverrides({ 'resource.customizations': deep })],
  [
    'an override of a source',
    () => expect(mergeSource({}, `a: ${deep}`)).toEqual({ error: 'it cannot be read' }),
  ],
  [
    'a manifest in a page',
    () => takeShown(`apiVersion: v1\nkind: A\na: ${deep}`, { resources: new Set(), namespaces: new Set() }),
  ],
  [
    'the folder of MkDocs',
    async () => expect(await findDocs(tree({ 'mkdocs.yml': `docs_dir: ${deep}\n` }))).toBe(null),
  ],
  [
    'the configuration',
    () =>
      expect(
        loadConfig({ root: tree({ 'plumbline.yaml': `values: ${deep}\n`, 'K8s/a': '' }) }),
      ).rejects.toThrow('is a key'),
  ],
  [
    'a manifest within a manifest',
    async () => {
      const text = `kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\ndata:\n  a: |\n    kind: Secret\n    data: ${deep}\n    x: Hidden\n`;
      const { files } = await read(tree({ 'K8s/a.yaml': text }));
      expect(JSON.stringify([...files])).not.toContain('Hidden');
    },
  ],
  [
    'a manifest',
    async () => {
      const texts = {
        'K8s/a.yaml': `kind: ConfigMap\ndata: ${deep}\n`,
        'K8s/b.yaml': 'a: &a {toString: b}\n? *a\n: c\n',
      };
      const { diagnostics } = await read(tree(texts));
      expect(JSON.stringify(diagnostics)).toContain('a mapping or list is used as a key');
    },
  ],
  [
    'a plugin in a kustomization',
    async () => {
      const text = `generators:\n- |\n  kind: SecretGenerator\n  apiVersion: builtin\n  metadata: {name: a}\n  data: ${deep}\n  literals: [a=Hidden]\n`;
      const { files } = await read(tree({ 'K8s/kustomization.yaml': text }));
      expect(JSON.stringify([...files])).not.toContain('Hidden');
    },
  ],
])('mappings for keys are read in no time: %s', async (_name, go) => {
  const start = processorTime();
  await go();
  expect(processorTime() - start).toBeLessThan(3);
});

test('a text of YAML is what it says', () => {
  expect(readYaml('a: [1, &b {c: d}, *b]')).toEqual({ a: [1, { c: 'd' }, { c: 'd' }] });
  expect(readYaml('a: [')).toBeUndefined();
});
