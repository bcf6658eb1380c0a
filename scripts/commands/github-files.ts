import { appendFile, stat } from 'node:fs/promises';
import { changedFiles } from '../../plugins/source/index.ts';
import type { Terminal } from './common.ts';

/**
 * What GitHub Actions says of a run: the files that the change touches, and where lines are shown at the
 * commit.
 */
export async function surroundings(top: string, env: Terminal['env']): Promise<Surroundings> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  const base = env.GITHUB_BASE_REF;
  // A pull request is checked out as its merge, whose first parent is the branch that it goes to.
  const touched =
    (base ? await changedFiles(top, `refs/remotes/origin/${base}...HEAD`) : null) ??
    (await changedFiles(top, 'HEAD^1..HEAD'));
  return {
    touched: new Set(touched),
    link: (path, line) => (commit ? blobAddress({ server, repository }, commit, path, line) : null),
  };
}

/** Where a line is shown at a commit, by its path from the top; null outside of GitHub Actions. */
export function blobAddress(
  { server, repository }: { server: string | undefined; repository: string | undefined },
  commit: string,
  path: string,
  line: number,
): string | null {
  if (!server || !repository) return null;
  const file = path
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/');
  return `${server}/${repository}/blob/${commit}/${file}?plain=1#L${line}`;
}

/** Adds to the summary of the step, within what GitHub takes of one; nothing where there is no such file. */
export async function writeSummary(make: (limit: number) => string, env: Terminal['env']): Promise<void> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  const written = (await stat(file).catch(() => null))?.size ?? 0;
  const text = make(maximumSize - written);
  if (text !== '') await appendFile(file, text);
}

/** Bytes: 1 MiB a step. */
const maximumSize = 1024 * 1024;

interface Surroundings {
  touched: ReadonlySet<string>;
  link: (path: string, line: number) => string | null;
}
