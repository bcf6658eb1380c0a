import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { D2 } from '../../plugins/d2/index.ts';
import { checkPages, compareSides, createEngine, type Side } from '../../plugins/engine/index.ts';
import { diffFormats } from '../../plugins/report/index.ts';
import { ConfigError } from '../../plugins/source/index.ts';
import { harmless } from '../commands/common.ts';
import type { Ran } from './commands.ts';
import { type Files, writeFiles } from './repository.ts';

/**
 * What `diff` says of another tree and of one that was read, in each of its formats, without Git between.
 * Swapping them swaps what is said, and nothing differs from itself.
 */
export async function compared(root: string, head: Side, d2: D2): Promise<{ said: Ran[]; faults: string[] }> {
  const engine = await createEngine({ root, cache: false, d2 }).catch((error: unknown) => {
    if (error instanceof ConfigError) return null;
    throw error;
  });
  if (engine === null) return { said: [], faults: [] };
  try {
    const base: Side = { revision: { name: 'base', commit: null }, engine, ...(await checkPages(engine)) };
    const [there, back, same] = [
      compareSides(base, head),
      compareSides(head, base),
      compareSides(head, head),
    ];
    const said = Object.entries(diffFormats).map(([format, write]) => {
      const text = write(there, { color: false });
      return {
        args: ['diff', '--format', format],
        code: 0,
        stdout: harmless(text, format === 'json' ? 'json' : 'text'),
        stderr: '',
      };
    });
    const told = ({ faults, changes, files }: typeof there) => [
      faults.new.length,
      faults.mended.length,
      changes.length,
      files.length,
    ];
    const [a, b, c, d] = told(back);
    const faults = [
      ...(String(told(there)) === String([b, a, c, d]) ? [] : [`${told(there)} there, ${told(back)} back`]),
      ...(told(same).every((count) => count === 0) ? [] : [`${told(same)} with itself`]),
    ];
    return { said, faults };
  } finally {
    await engine.dispose();
  }
}

/** A repository of Git with two commits, of one tree and of the other; null where Git takes them not. */
export function committed(folder: string, base: Files, head: Files): string | null {
  const root = inNew(folder, base);
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, env: gitEnvironment, stdio: 'ignore' });
  const commit = () => {
    git('add', '--all', '--force');
    git('commit', '--quiet', '--allow-empty', '--message', 'one');
  };
  try {
    git('init', '--quiet');
    commit();
    for (const name of readdirSync(root)) if (name !== '.git') rmSync(join(root, name), { recursive: true });
    writeFiles(root, head);
    commit();
    return root;
  } catch {
    return null;
  }
}

/** Files in a folder beside the repository. */
export function inNew(folder: string, files: Files): string {
  const root = join(folder, 'other');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  // A `.git` of a tree would be that of the repository; a comparison has one configuration.
  const own = Object.entries(files).filter(([path]) => !/^(?:\.git|plumbline\.ya?ml)/.test(path));
  writeFiles(root, Object.fromEntries(own));
  return root;
}

const gitEnvironment = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};
