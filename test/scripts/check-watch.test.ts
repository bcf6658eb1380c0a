import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Terminal } from '../../scripts/commands/common.ts';
import { run } from '../../scripts/commands/main.ts';
import { d2 } from '../d2/helpers.ts';
import { copyOf, plumbline } from './cli.ts';

test('tells what came and went since the last time, a broken configuration too, and goes on', async () => {
  const root = copyOf('cli-shop');
  const manifest = join(root, 'K8s/shop/web/deployment.yaml');
  const edit = (path: string, from: string, to: string) =>
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  const stop = new AbortController();
  const { terminal, said } = listening(stop.signal);
  const running = run(['check', '--watch', '--root', root], terminal);
  await said(/all true[\s\S]*watching for changes/);

  edit(manifest, 'replicas: 2', 'replicas: 3');
  const first = await said(/1 failed/);
  expect(first).toContain('error[fact-stale]');
  expect(first).toContain('K8s/shop/web/deployment.yaml:');
  expect(first).not.toContain('checked:');

  writeFileSync(join(root, 'docs/late.md'), '# Late\n\n`AppProject/nobody`\n');
  const second = await said(/2 failed/);
  expect(second).toContain('reference-unknown');
  expect(second).not.toContain('fact-stale');

  edit(manifest, 'replicas: 3', 'replicas: 2');
  expect(await said(/1 failed/)).toMatch(/mended docs\/guides\/web\.md:\d+:\d+: error\[fact-stale\]/);

  const config = join(root, 'plumbline.yaml');
  const before = readFileSync(config, 'utf8');
  writeFileSync(config, `${before}layer: {}\n`);
  expect(await said(/layers/)).toMatch(/plumbline\.yaml/);
  edit(manifest, 'replicas: 2', 'replicas: 3');
  writeFileSync(config, before);
  expect(await said(/2 failed/)).toMatch(/^\s*read again\n(?![\s\S]*layers)/);
  writeFileSync(config, `${before}layer: {}\n`);
  await said(/layers/);
  writeFileSync(config, before);
  await said(/read again/);
  edit(manifest, 'replicas: 3', 'replicas: 2');
  edit(join(root, 'docs/late.md'), 'nobody', 'shop');
  await said(/all true/);
  writeFileSync(join(root, 'docs/more.md'), '# More\n\n`AppProject/shop`\n');
  expect((await said(/all true/)).trim().split('\n')).toHaveLength(1);
  stop.abort();
  await running;
});

test('ends where the repository is gone', async () => {
  const root = copyOf('cli-shop');
  const { terminal, said } = listening(new AbortController().signal);
  const running = run(['check', '--watch', '--root', root], terminal);
  await said(/watching for changes/);
  rmSync(root, { recursive: true });
  await running;
  expect(terminal.exitCode).toBe(2);
  await said(/is not a folder/);
});

test.each([
  [['--format', 'json'], '`--format json`'],
  [['--output', 'a', '--update-baseline'], '`--output`, `--update-baseline`'],
])('one answer and a watch are not both to be had: %j', async (args, named) => {
  const { code, stderr } = await plumbline(['check', '--watch', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(named);
});

/** A terminal that can be waited on: `said` gives what was written since it was last asked. */
function listening(stop: AbortSignal): { terminal: Terminal; said: (wanted: RegExp) => Promise<string> } {
  let text = '';
  let check = () => {};
  const output = {
    write(part: string, done?: () => void): boolean {
      text += part;
      check();
      done?.();
      return true;
    },
  };
  return {
    terminal: { stdout: output, stderr: output, env: { ...process.env }, d2, stop },
    said: (wanted) =>
      new Promise((done, fail) => {
        const limit = setTimeout(() => fail(new Error(`waited for ${wanted}, heard: ${text}`)), 30_000);
        check = () => {
          if (!wanted.test(text)) return;
          clearTimeout(limit);
          check = () => {};
          const heard = text;
          text = '';
          done(heard);
        };
        check();
      }),
  };
}
