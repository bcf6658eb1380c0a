import { nearest } from '../../base/index.ts';
import { ConfigError } from '../config/config-error.ts';
import { git } from './git.ts';

/**
 * The commits that the two names of a comparison mean. `A...B` and `A..B` are written as for `git diff`: from
 * where they parted, and from A itself.
 * @param parted whether a base means the commit where the head left it, as a pull request shows it.
 * @throws ConfigError where there is no such commit here, with what would bring it.
 */
export async function readRevisions(root: string, asked: AskedRevisions): Promise<Revisions> {
  const [, left = asked.base, dots, right] = /^(.*?)(\.{2,3})(.*)$/.exec(asked.base) ?? [];
  if (dots !== undefined && asked.head !== undefined)
    throw new ConfigError(
      `\`${asked.base}\` names both sides, and \`${asked.head}\` a third`,
      'write `diff BASE HEAD`, or `diff BASE...HEAD`',
    );
  const name = (text: string | undefined) => (text === '' ? 'HEAD' : text);
  const head = dots === undefined ? asked.head : name(right);
  const base = name(left) ?? 'HEAD';
  const isParted = dots === undefined ? asked.parted : dots === '...';
  const [first, last] = await Promise.all([commitOf(root, base), commitOf(root, head ?? 'HEAD')]);
  const from = isParted ? await partingOf(root, { base, first, head: head ?? 'HEAD', last }) : first;
  return {
    base: { name: base, commit: from },
    head: head === undefined ? null : { name: head, commit: last },
  };
}

async function commitOf(root: string, name: string): Promise<string> {
  // What begins with a dash would be an option to Git; no branch or tag does.
  const known = name.startsWith('-')
    ? null
    : await git(root, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
  const commit = /^[0-9a-f]{40,64}$/.exec(known?.trim() ?? '')?.[0];
  if (commit !== undefined) return commit;
  if ((await git(root, ['rev-parse', '--git-dir'])) === null)
    throw new ConfigError(
      `\`${root}\` is no Git repository that can be read`,
      '`diff` compares two commits: give a root that lies in a Git repository, and have `git` on PATH',
    );
  const names = await git(root, [
    'for-each-ref',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/remotes',
    'refs/tags',
  ]);
  const near = nearby(
    name,
    (names ?? '').split('\n').filter((one) => one !== ''),
  );
  throw new ConfigError(
    `there is no commit \`${name}\` here`,
    near.length > 0 ? `did you mean \`${near.join('`, `')}\`?` : await cure(root),
  );
}

/** A branch that only the remote has is what is most often meant. */
function nearby(name: string, names: string[]): string[] {
  const remote = names.filter((one) => one.endsWith(`/${name}`));
  return remote.length > 0 ? remote : nearest(name, names);
}

async function partingOf(root: string, { base, first, head, last }: Parted): Promise<string> {
  const found = (await git(root, ['merge-base', first, last]))?.trim();
  if (found !== undefined && /^[0-9a-f]{40,64}$/.test(found)) return found;
  throw new ConfigError(
    `\`${base}\` and \`${head}\` have no commit in common here`,
    (await isShallow(root)) ? await cure(root) : 'compare the two as they stand: `--no-merge-base`',
  );
}

async function cure(root: string): Promise<string> {
  return (await isShallow(root))
    ? 'the clone is shallow: check out with `fetch-depth: 0` (GitHub Actions) or `GIT_DEPTH: 0` (GitLab), or run `git fetch --unshallow`'
    : 'fetch it first: `git fetch origin BRANCH`, and name it `origin/BRANCH`';
}

async function isShallow(root: string): Promise<boolean> {
  return (await git(root, ['rev-parse', '--is-shallow-repository']))?.trim() === 'true';
}

interface Parted {
  base: string;
  first: string;
  head: string;
  last: string;
}

interface AskedRevisions {
  base: string;
  /** Undefined for the files as they lie there. */
  head: string | undefined;
  parted: boolean;
}

interface Revision {
  /** As it was asked for. */
  name: string;
  /** In full. */
  commit: string;
}

export interface Revisions {
  base: Revision;
  /** Null for the files as they lie there. */
  head: Revision | null;
}
