import type { Runs } from './commands.ts';
import { stateOf } from './repository.ts';

/**
 * What is wrong with `init` in a repository: a trial writes, something that was there is written over, a
 * second one writes more, or the first `check` after it finds a fault.
 */
export async function begunWrong(root: string, ran: Runs): Promise<string[]> {
  const before = stateOf(root);
  const faults: string[] = [];
  await ran('init', '--dry-run', '--no-cache');
  if (stateOf(root) !== before) faults.push('a trial wrote');
  const hadConfiguration = before.includes(`${root}/plumbline.yaml`);
  const first = await ran('init', '--no-cache');
  const after = stateOf(root);
  const lines = new Set(after.split('\n'));
  const gone = before.split('\n').filter((line) => !lines.has(line));
  if (gone.length > 0) faults.push(`not as it was: ${gone.slice(0, 3).join(', ')}`);
  if (first.code !== 0) return faults;
  await ran('init', '--no-cache');
  if (stateOf(root) !== after) faults.push('another init wrote more');
  const { code, stdout, stderr } = await ran('check', '--no-cache');
  if (!hadConfiguration && code !== 0)
    faults.push(`check after it ended with ${code}:\n${(stdout + stderr).slice(0, 2000)}`);
  return faults;
}
