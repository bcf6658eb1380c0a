import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureNode, median, times } from './measure.ts';
import { type Row, row } from './rows.ts';
import { platformCopy } from './sites.ts';

/**
 * `plumbline diff` of two commits of the reference platform that differ in one line, beside `check` of one:
 * with an empty cache, where the second side is rendered from what the first left, and with a full one.
 */
export async function diff(project: string, folder: string, runs: number): Promise<Row[]> {
  const root = platformCopy(project, join(folder, 'diff'));
  const git = (...parameters: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=b', '-c', 'user.email=b@example.com', ...parameters]);
  const commit = () => {
    git('add', '--all');
    git('commit', '-qm', 'x');
  };
  git('init', '-q', '-b', 'main');
  commit();
  const changed = join(root, 'K8s/observability/governance/namespace.yaml');
  writeFileSync(changed, readFileSync(changed, 'utf8').replace(/sync-wave: "-?\d+"/, 'sync-wave: "-3"'));
  commit();
  let count = 0;
  const fresh = () => join(folder, `diff-cache-${count++}`);
  const run = (cache: string, ...args: string[]) =>
    measureNode([join(project, 'scripts/plumbline.ts'), ...args, '--root', root], {
      cwd: project,
      env: { XDG_CACHE_HOME: cache },
    });
  const full = fresh();
  await run(full, 'diff', 'HEAD~1', 'HEAD');
  const [coldCheck, coldDiff, warmCheck, warmDiff] = [
    median(await times(runs, () => run(fresh(), 'check'))),
    median(await times(runs, () => run(fresh(), 'diff', 'HEAD~1', 'HEAD'))),
    median(await times(runs, () => run(full, 'check'))),
    median(await times(runs, () => run(full, 'diff', 'HEAD~1', 'HEAD'))),
  ];
  return [
    row('diff, cold', coldDiff, 'check, cold', coldCheck, 2),
    row('diff, warm', warmDiff, 'check, warm', warmCheck, 4),
  ];
}
