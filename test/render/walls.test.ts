import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pagesUnder } from '../../plugins/markdown/index.ts';
import { ConfigError, loadConfig, openCache } from '../../plugins/source/index.ts';
import { read, tree } from '../source/tree.ts';
import { renderAll } from './rendering.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const beyond = 'PLANTED-BEYOND-THE-ROOT';

/** A root, and beside it a folder that is none of its business. */
function walled(files: Record<string, string>): string {
  const top = tree(Object.fromEntries(Object.entries(files).map(([path, text]) => [`root/${path}`, text])));
  writeFileSync(join(top, 'secret.txt'), beyond);
  mkdirSync(join(top, 'manifests'));
  writeFileSync(join(top, 'manifests/b.yaml'), configMap.replace('name: a', `name: ${beyond.toLowerCase()}`));
  writeFileSync(join(top, 'manifests/page.md'), `# ${beyond}\n`);
  return join(top, 'root');
}

describe('the root is a wall', () => {
  test.each([
    ['a layer', 'layers: {gitops: [linked]}\n', 'linked'],
    ['a folder above a layer', 'layers: {gitops: [linked/..]}\n', 'linked'],
    ['the usual layer', '', 'K8s'],
    ['the docs folder', 'layers: {gitops: [own]}\ndocs: linked\n', 'linked'],
    ['the usual docs folder', 'layers: {gitops: [own]}\n', 'docs'],
  ])('for %s that is a link', async (_what, config, link) => {
    const root = walled({ 'plumbline.yaml': config, 'own/a.yaml': configMap });
    if (config.includes('..')) symlinkSync('../manifests', join(root, link));
    else symlinkSync('../manifests', join(root, link));
    const loading = loadConfig({ root }).then((config) => config.layers.gitops);
    // `linked/..` is the root itself, whatever the link leads to.
    if (config.includes('..')) expect(await loading).toEqual(['.']);
    else await expect(loading).rejects.toThrow(ConfigError);
  });

  test('for docs that the configuration puts elsewhere, unless the caller names them', async () => {
    const root = walled({ 'plumbline.yaml': 'docs: ../manifests\n', 'K8s/a.yaml': configMap });
    await expect(loadConfig({ root })).rejects.toThrow('leads out of the root');
    const docs = join(root, '../manifests');
    expect((await loadConfig({ root, docs })).docs).toBe(docs);
  });

  test('for pages: links are checked where they stay inside, and are no pages where they do not', async () => {
    const root = walled({ 'docs/a.md': '# A\n', 'README.md': '# R\n', 'more/b.md': '# B\n' });
    for (const [target, path] of [
      ['../README.md', 'docs/readme.md'],
      ['../more', 'docs/more'],
      ['..', 'docs/all'],
      ['a.md', 'docs/again.md'],
      ['../../manifests/page.md', 'docs/page.md'],
      ['../../manifests', 'docs/outside'],
    ] as const)
      symlinkSync(target, join(root, path));
    const pages = await pagesUnder(join(root, 'docs'), root);
    expect(pages.map((path) => path.slice(root.length + 1))).toEqual([
      'docs/a.md',
      'docs/more/b.md',
      'docs/readme.md',
    ]);
  });

  test.each([
    ['files of an inline generator', 'generators', 'ConfigMapGenerator', 'files: [x=FILE]'],
    ['envs of an inline generator', 'generators', 'ConfigMapGenerator', 'envs: [FILE]'],
    ['an inline generator of secrets', 'generators', 'SecretGenerator', 'files: [x=FILE]'],
    ['the patch of an inline transformer', 'transformers', 'PatchTransformer', 'path: FILE'],
    ['patches of an inline transformer', 'transformers', 'PatchStrategicMergeTransformer', 'paths: [FILE]'],
    [
      'replacements of an inline transformer',
      'transformers',
      'ReplacementTransformer',
      'replacements: [{path: FILE}]',
    ],
  ])('for %s, whatever Argo CD lets kustomize read', async (_what, field, kind, line) => {
    for (const way of ['absolute', 'relative']) {
      const root = walled({
        'K8s/argocd-cm.yaml': `${configMap}data: {kustomize.buildOptions: --load-restrictor LoadRestrictionsNone}\n`,
        'K8s/app/a.yaml': configMap,
        'K8s/app/own.txt': 'x=own\n',
      });
      const file = way === 'absolute' ? join(root, '../secret.txt') : `../../../${basename('secret.txt')}`;
      const plugin = (target: string) =>
        `apiVersion: builtin\nkind: ${kind}\nmetadata: {name: made}\n${line.replace('FILE', target)}\n`;
      const kustomization = (target: string) =>
        `resources: [a.yaml]\n${field}:\n- |-\n  ${plugin(target).trim().replaceAll('\n', '\n  ')}\n`;
      writeFileSync(join(root, 'K8s/app/kustomization.yaml'), kustomization(file));
      const refused = await renderAll(await read(root), { cache: openCache(null) });
      expect(JSON.stringify([...refused.builds], null, 1)).not.toContain(beyond);
      expect(refused.builds.get('K8s/app')?.failed).toBe(false);
      expect(JSON.stringify(refused.diagnostics)).not.toContain(beyond);
      expect(refused.diagnostics.map(({ rule }) => rule)).toEqual(['render-failed']);
    }
  });

  test('and its own files serve an inline generator as before', async () => {
    const root = walled({
      'K8s/app/kustomization.yaml':
        'resources: [a.yaml]\ngenerators:\n- |-\n  apiVersion: builtin\n  kind: ConfigMapGenerator\n  metadata: {name: made}\n  envs: [own.env]\n  files: [text.txt]\n',
      'K8s/app/a.yaml': configMap,
      'K8s/app/own.env': 'x=own\n',
      'K8s/app/text.txt': 'text',
    });
    const { builds, diagnostics } = await renderAll(await read(root), { cache: openCache(null) });
    expect(diagnostics).toEqual([]);
    const made = builds.get('K8s/app')?.objects.find(({ value }) => JSON.stringify(value).includes('made'));
    expect(made?.value.data).toEqual({ x: 'own', 'text.txt': 'text' });
  });

  test('what an inline generator would fetch is said and not asked for', async () => {
    const root = walled({
      'K8s/app/kustomization.yaml':
        'resources: [a.yaml]\ngenerators:\n- |-\n  apiVersion: builtin\n  kind: ConfigMapGenerator\n  metadata: {name: made}\n  files: ["x=HTTP://127.0.0.1:9/x"]\n',
      'K8s/app/a.yaml': configMap,
    });
    const { builds, diagnostics } = await renderAll(await read(root), { cache: openCache(null) });
    expect(diagnostics).toEqual([]);
    expect(builds.get('K8s/app')?.unverified.map(({ why }) => why)).toEqual([
      'it is fetched from the network',
    ]);
  });
});
