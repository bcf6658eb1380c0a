import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { platformCopy } from '../../scripts/bench/sites.ts';
import { plumbline, project, temporaryFolder } from './cli.ts';

test('the fault that the README shows is the one that is told', async () => {
  const readme = readFileSync(join(project, 'README.md'), 'utf8');
  const [, shown = ''] = /^```console\n\$ npx plumbline check\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  const [file = '', line] = /K8s\S+:\d+/.exec(shown)?.[0].split(':') ?? [];
  const wave = /sync-wave: "\d+"/.exec(shown)?.[0] ?? '';
  const root = platformCopy(project, temporaryFolder());
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const index = Number(line) - 1;
  lines[index] = lines[index]?.replace(/sync-wave: "-?\d+"/, wave) ?? '';
  writeFileSync(join(root, file), lines.join('\n'));
  const { code, stdout } = await plumbline(['check', 'docs/concepts/gitops-model.md', '--root', root]);
  expect(code).toBe(1);
  const told = stdout.split('\n');
  expect(
    shown
      .trimEnd()
      .split('\n')
      .filter((one) => !told.includes(one)),
  ).toEqual([]);
});
