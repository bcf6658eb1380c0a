import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openClone } from '../../plugins/engine/fetch/git-clone.ts';
import { pullChart } from '../../plugins/engine/fetch/pull-chart.ts';
import { findHelm } from '../../plugins/render/index.ts';
import { cacheDirectory, openCache, unpackChart } from '../../plugins/source/index.ts';
import { openStandIns } from '../../scripts/corpora/stand-ins.ts';
import { restoreEnvironment } from '../environment.ts';
import { tree } from '../source/tree.ts';

const before = { ...process.env };
afterEach(() => restoreEnvironment(before));

/** Of charts in a bare repository; two share a file by a link. */
function copies(): string {
  const work = tree({
    'charts/shop/Chart.yaml':
      'apiVersion: v2\nname: shop\nversion: 9.0.0\ndependencies:\n  - {name: base, version: 1.x.x, repository: "file://../base"}\n  - {name: gone, version: 1.0.0, repository: "https://elsewhere.example.com"}\n',
    'charts/base/Chart.yaml': 'apiVersion: v2\nname: base\nversion: 1.2.3\n',
    'shared/templates/cm.yaml': 'kind: ConfigMap\n',
  });
  symlinkSync('../../shared/templates', join(work, 'charts/shop/templates'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', work, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words]);
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Charts');
  const folder = tree({});
  execFileSync('git', ['clone', '--quiet', '--bare', work, join(folder, 'acme+shop/repo')]);
  return folder;
}

test('charts out of copies stand in for those that are asked for, in the version that is asked', async () => {
  const { path: helm } = await findHelm(openCache(cacheDirectory('/')), '/');
  const standIns = await openStandIns(copies(), helm);
  try {
    Object.assign(process.env, standIns.environment);
    const options = { helm, root: '/', limit: 30_000, logins: new Map<string, string>(), plainHttp: false };
    for (const [repository, asked, version] of [
      ['https://charts.acme.example.com/stable', '1.4.2', '1.4.2'],
      ['oci://ghcr.io/acme', '>=2.1 <3', '2.1.0'],
    ] as const) {
      standIns.offer([{ repository, chart: 'shop', asked, places: [] }]);
      const pulled = await pullChart({ repository, chart: 'shop', version: asked }, options);
      if (!pulled.ok) throw new Error(pulled.why);
      expect(pulled.version).toBe(version);
      const files = await unpackChart(pulled.bytes);
      expect([...files.keys()].toSorted()).toEqual([
        'Chart.yaml',
        'charts/base/Chart.yaml',
        'templates/cm.yaml',
      ]);
    }
    standIns.offer([{ repository: 'https://charts.example.com', chart: 'none', asked: null, places: [] }]);
    const none = await pullChart(
      { repository: 'https://charts.example.com', chart: 'none', version: null },
      options,
    );
    expect(none.ok ? '' : none.why).toContain('not found');
    // The repository itself, at whatever revision.
    const repository = 'https://github.com/acme/shop.git';
    standIns.offer([], [{ repository, asked: 'v7', paths: ['charts/base'] }]);
    const clone = openClone(repository, { root: tree({}), limit: 30_000 });
    const taken = await clone.take(await clone.resolve('v7'), ['charts/base']);
    expect([...taken.keys()]).toEqual(['charts/base/Chart.yaml']);
    await clone.dispose();
    const raw = 'https://raw.githubusercontent.com/acme/shop/v1.2.3/';
    expect(standIns.answer(`${raw}shared/templates/cm.yaml`).body?.toString()).toBe('kind: ConfigMap\n');
    expect(standIns.answer(`${raw}none.yaml`).body).toBeUndefined();
  } finally {
    standIns.close();
  }
});
