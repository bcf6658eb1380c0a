import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { helmTakesValue } from '../../plugins/checks/commands/helm.ts';
import { kubectlTakesValue } from '../../plugins/checks/commands/kubectl.ts';
import { unpack } from '../../plugins/render/engines/binary.ts';
import { ask } from '../../plugins/render/engines/find-engine.ts';
import { cacheDirectory, openCache } from '../../plugins/source/index.ts';
import { shareOfDay } from '../fuzz.ts';

const cache = openCache(cacheDirectory(resolve(import.meta.dirname, '../..')));

/** These may stand alone, and take a value only behind `=`. */
const optional = ['dry-run', 'cascade', 'validate'];

/** Each asks a program for its help: a third of them each day. */
const kubectl = shareOfDay(
  [
    'get describe delete edit label annotate patch wait scale autoscale logs exec attach port-forward debug events create',
    'apply replace diff run kustomize rollout+status rollout+restart rollout+undo rollout+history set+image set+env create+job',
    'create+namespace create+deployment create+secret+generic top+pod cp drain options',
  ].flatMap((line) => line.split(' ')),
  3,
);
const helm = shareOfDay(
  [
    'get values',
    'status',
    'history',
    'upgrade',
    'install',
    'template',
    'lint',
    'uninstall',
    'rollback',
    'dependency build',
    'test',
  ],
  3,
);
console.log(
  `flags of ${kubectl.chosen.length} kubectl and ${helm.chosen.length} helm commands (${helm.name})`,
);

describe.skipIf(process.platform !== 'linux')('the flags that take a value are those of the real', () => {
  it.each(kubectl.chosen)('kubectl %s', { timeout: 30_000 }, async (command) => {
    const words = command.split('+');
    const program = (await unpack(cache, 'kubectl')) ?? '';
    const help = await ask(program, words[0] === 'options' ? words : [...words, '--help']);
    const flags = [...help.matchAll(/^ {4}(?:-(\w), {1,2})?(?: {4})?--([\w-]+)=(\S*?):$/gm)];
    expect(flags.length).toBeGreaterThan(words[0] === 'create' && words.length === 1 ? 3 : 0);
    for (const [, short, long = '', value = ''] of flags) {
      if (optional.includes(long)) continue;
      const takes = !/^(?:true|false)$/.test(value);
      const known = (flag: string) => kubectlTakesValue(words[0] ?? '', flag);
      expect([long, known(long)]).toEqual([long, takes]);
      if (short !== undefined) expect([short, known(short)]).toEqual([short, takes]);
    }
  });

  it.each(helm.chosen)('helm %s', { timeout: 30_000 }, async (command) => {
    const program = (await unpack(cache, 'helm')) ?? '';
    const help = await ask(program, [...command.split(' '), '--help']);
    const flags = [...help.matchAll(/^ {2,6}(?:-(\w), )?--([\w-]+)(?: (?!\s)(\w+))?(?=\s{2,}|$)/gm)];
    expect(flags.length).toBeGreaterThan(10);
    const known = (flag: string) => helmTakesValue(command.split(' ')[0] ?? '', flag);
    for (const [, short, long = '', type] of flags) {
      expect([long, known(long)]).toEqual([long, type !== undefined]);
      if (short !== undefined) expect([short, known(short)]).toEqual([short, type !== undefined]);
    }
  });
});
