import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyOf, plumbline } from './cli.ts';

describe('a baseline', () => {
  test('is begun, lets known faults be, fails for new ones, and only shrinks', async () => {
    const { root, file, check, page } = repository();
    page('`K8s/one` and `K8s/two`\n');
    expect((await check()).code).toBe(1);

    const missing = await check('--baseline', file);
    expect(missing).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--update-baseline'),
    });

    expect((await check('--baseline', file, '--update-baseline')).code).toBe(0);
    const begun = readFileSync(file, 'utf8');
    expect(JSON.parse(begun).faults).toMatchObject([
      { rule: 'path-missing', file: 'docs/page.md', message: expect.stringContaining('K8s/one') },
      { rule: 'path-missing', file: 'docs/page.md', message: expect.stringContaining('K8s/two') },
    ]);
    const known = await check('--baseline', file);
    expect(known).toMatchObject({ code: 0, stdout: expect.stringContaining('2 known faults') });
    expect(known.stdout).not.toContain('error[');

    page('Lines move.\n\n`K8s/two`, `K8s/three` and `K8s/one`\n');
    const isNew = await check('--baseline', file, '--update-baseline');
    expect(isNew).toMatchObject({ code: 1, stdout: expect.stringContaining('K8s/three') });
    expect(isNew.stdout.match(/error\[/g)).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toBe(begun);

    page('`K8s/two`\n');
    const mended = await check('--baseline', file);
    expect(mended).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('lists faults that are mended'),
    });
    expect((await check('--baseline', file, 'docs/index.md')).code).toBe(0);
    expect((await check('--baseline', file, '--update-baseline')).code).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8')).faults).toMatchObject([
      { message: expect.stringContaining('K8s/two') },
    ]);
    page('`K8s/one` and `K8s/two`\n');
    expect((await check('--baseline', file)).code).toBe(1);
    expect(existsSync(join(root, 'plumbline-baseline.json'))).toBe(true);
  });

  test('is that of plumbline.yaml where the call names none', async () => {
    const { root, file, check, page } = repository();
    page('`K8s/one`\n');
    const config = join(root, 'plumbline.yaml');
    writeFileSync(config, `${readFileSync(config, 'utf8')}baseline: plumbline-baseline.json\n`);
    expect(await check()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/now: --update-baseline\n/),
    });
    expect((await check('--update-baseline')).code).toBe(0);
    expect(existsSync(file)).toBe(true);
    expect(await check()).toMatchObject({ code: 0, stdout: expect.stringContaining('1 known fault') });
    expect((await check('--no-baseline')).code).toBe(1);
    writeFileSync(config, 'baseline: ../other.json\n');
    expect(await check()).toMatchObject({ code: 2, stderr: expect.stringContaining('out of the root') });
  });

  test('is refused where it is none, where it has no name, and where it would begin with a part', async () => {
    const { file, check } = repository();
    expect(await check('--update-baseline')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('names no file'),
    });
    const part = await check('docs/index.md', '--baseline', file, '--update-baseline');
    expect(part).toMatchObject({ code: 2, stderr: expect.stringContaining('all pages') });
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, '{"version":1}');
    expect(await check('--baseline', file)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('at `faults`'),
    });
  });
});

describe('--strict', () => {
  test('exits 3 where nothing failed and something could not be verified, and 1 where something failed', async () => {
    const { root, check, page } = repository();
    const kustomization = join(root, 'K8s/shop/web/kustomization.yaml');
    const chart = 'helmCharts:\n  - name: cart\n    repo: https://charts.example.com\n    version: 1.0.0\n';
    writeFileSync(kustomization, chart + readFileSync(kustomization, 'utf8'));
    const open = await check('--strict');
    expect(open.code).toBe(3);
    expect(open.stdout).toContain('to settle');
    page('`K8s/one`\n');
    expect((await check('--strict')).code).toBe(1);
    expect((await check()).code).toBe(1);
  });
});

function repository() {
  const root = copyOf('cli-shop');
  return {
    root,
    file: join(root, 'plumbline-baseline.json'),
    check: (...parameters: string[]) => plumbline(['check', '--root', root, ...parameters]),
    page: (text: string) => writeFileSync(join(root, 'docs/page.md'), text),
  };
}
