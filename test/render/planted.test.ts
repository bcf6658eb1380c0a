import {
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { engineIdentities } from '../../plugins/render/engines/engine-identity.ts';
import { findEngine } from '../../plugins/render/engines/find-engine.ts';
import { findHelm } from '../../plugins/render/engines/run-helm.ts';
import { openCache } from '../../plugins/source/index.ts';
import { restoreEnvironment } from '../environment.ts';
import { everythingIn, tree } from '../source/tree.ts';

const before = { ...process.env };
afterEach(() => {
  restoreEnvironment(before);
});

const manifests = {
  'K8s/kustomization.yaml': 'resources: [a.yaml]\n',
  'K8s/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
};

/** A program in the repository that says that it was started. */
function plant(root: string, path: string): string {
  const program = join(root, path);
  const started = join(root, 'started');
  mkdirSync(join(program, '..'), { recursive: true });
  writeFileSync(program, `#!/bin/sh\necho ${path} >> ${started}\necho v5.0.0\n`, { mode: 0o755 });
  return started;
}

describe('programs and answers that a repository brings along', () => {
  test('are not run and not believed, and nothing is written there', async () => {
    const root = tree(manifests);
    const elsewhere = tree({});
    const started = plant(root, 'node_modules/.bin/kustomize');
    for (const name of ['kubectl', 'helm']) {
      plant(root, `node_modules/.bin/${name}`);
      plant(root, `node_modules/.cache/plumbline/engine/kubectl-layer-2.2.2/${name}`);
    }
    // A link out of the repository on PATH is the repository's own word, too.
    symlinkSync('/bin/sh', join(root, 'kustomize'));
    symlinkSync(elsewhere, join(root, '.cache'));
    process.env.PATH = [join(root, 'node_modules/.bin'), root, process.env.PATH].join(delimiter);
    const { rendered, cache } = await loadPlatform({ root });
    expect(rendered.builds.get('K8s')?.failed).toBe(false);
    expect(existsSync(started)).toBe(false);
    expect(cache.directory?.startsWith(root)).toBe(false);
    expect(engineIdentities(root).join()).not.toContain(root);
    expect(everythingIn(elsewhere)).toBe('');
  });

  test('where the user’s caches lie in the repository that is read, nothing is kept', async () => {
    const root = tree({ ...manifests, '.cache/plumbline/note': 'committed' });
    process.env.XDG_CACHE_HOME = join(root, '.cache');
    const { cache, rendered } = await loadPlatform({ root });
    expect(cache.directory).toBeNull();
    expect(rendered.builds.get('K8s')?.failed).toBe(false);
    expect(readdirSync(join(root, '.cache/plumbline'))).toEqual(['note']);
    // Unless the caller names that very folder.
    process.env.PLUMBLINE_CACHE = join(root, '.cache/own');
    expect((await loadPlatform({ root })).cache.directory).toBe(join(root, '.cache/own'));
  });
});

describe.skipIf(process.platform !== 'linux')('an engine in the cache', () => {
  test('that was cut short or written over is unpacked again', async () => {
    process.env.PATH = '';
    const root = tree({});
    const cache = openCache(tree({}));
    const helm = await findHelm(cache, root);
    const { size } = statSync(helm.path);
    truncateSync(helm.path, 1000);
    await findHelm(cache, root);
    expect(statSync(helm.path).size).toBe(size);
    const started = plant(root, 'program');
    writeFileSync(helm.path, `#!/bin/sh\necho helm >> ${started}\necho v4.0.0\n`);
    expect((await findHelm(cache, root)).version).toBe(helm.version);
    expect(existsSync(started)).toBe(false);
  });

  test('lives with the process where the cache takes no file', async () => {
    process.env.PATH = '';
    const { path, version } = await findEngine(openCache('/proc/plumbline'), tree({}));
    expect(path.startsWith('/proc')).toBe(false);
    expect(version).toMatch(/^v5/);
  });
});
