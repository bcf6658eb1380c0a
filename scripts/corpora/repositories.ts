import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import chosen from './repositories.json' with { type: 'json' };

/** The public repositories that the rules are judged on, each at its commit. */
export const repositories: readonly Repository[] = chosen;

/** Where a chosen repository lies in the folder of checkouts. */
function directoryOf({ name }: Repository, folder: string): string {
  return resolve(folder, name);
}

/** A checkout by its folder, or a chosen repository by its name; undefined where there is neither. */
export function checkoutOf(word: string, folder: string): Checkout | undefined {
  const repository = repositories.find(({ name }) => name === word);
  const written = repository ? directoryOf(repository, folder) : resolve(word);
  if (!existsSync(written)) return undefined;
  const directory = realpathSync(written);
  return { name: repository?.name ?? basename(directory), directory, commit: commitOf(directory) };
}

/** What brings a repository to its place at its commit, as commands of a shell. */
export function commandsOf(repository: Repository, folder: string): string[][] {
  const directory = directoryOf(repository, folder);
  return [
    ['git', 'clone', '--no-checkout', '--filter=blob:none', repository.url, directory],
    ['git', '-C', directory, 'checkout', '--detach', repository.commit],
  ];
}

/** Runs these commands for those that are not there. Only who asks for it reaches a network. */
export function fetchAll(missing: Repository[], folder: string): void {
  for (const repository of missing) {
    mkdirSync(dirname(directoryOf(repository, folder)), { recursive: true });
    for (const [command = 'git', ...args] of commandsOf(repository, folder))
      execFileSync(command, args, { stdio: ['ignore', 2, 2] });
  }
}

/** The commit of a checkout; with `+` where its files are not those of the commit. */
function commitOf(directory: string): string {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', directory, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', 'HEAD').trim()}${changed ? '+' : ''}`;
  } catch {
    return 'no commit';
  }
}

/** As it stands in `repositories.json`. */
export interface Repository {
  /** `owner/name`, also the path of its checkout in the folder of checkouts. */
  name: string;
  url: string;
  commit: string;
  /** Why it is among them, in a few words. */
  shape: string;
}

export interface Checkout {
  name: string;
  /** Absolute. */
  directory: string;
  commit: string;
}
