/**
 * Copies of public Git repositories in the place of those that are asked for: at the revision that is asked
 * where the copy has it, else at its newest commit.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { AskedTree } from '../../plugins/source/index.ts';
import { answerByGit } from './git-backend.ts';

/**
 * @param folder with bare Git repositories, `OWNER+NAME/repo`.
 * @param top where those are made that are served.
 */
export function openGitStandIns(folder: string, top: string): GitStandIns {
  const names = new Map(readdirSync(folder).map((name) => [name.toLowerCase(), name]));
  const served = join(top, 'git');
  mkdirSync(served, { recursive: true });

  /** The copy that an address of GitHub means. */
  function copyOf(path: string): string | undefined {
    const [, owner, name] = /^\/([\w.-]+)\/([\w.-]+?)(?:\.git)?$/.exec(path) ?? [];
    const copy = names.get(`${owner}+${name}`.toLowerCase());
    return copy === undefined ? undefined : join(folder, copy, 'repo');
  }

  /** A bare repository that holds nothing of its own: refs to what the copy has. */
  function serve(copy: string): string {
    const own = join(served, keyOf(copy));
    if (existsSync(own)) return own;
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', own]);
    writeFileSync(join(own, 'objects/info/alternates'), `${join(copy, 'objects')}\n`);
    for (const setting of ['uploadpack.allowFilter', 'uploadpack.allowAnySHA1InWant'])
      git(own, 'config', setting, 'true');
    const head = git(copy, 'rev-parse', 'HEAD');
    git(own, 'update-ref', 'refs/heads/main', head);
    return own;
  }

  return {
    environment: {
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'url.https://github.com/.insteadOf',
      GIT_CONFIG_VALUE_0: 'git@github.com:',
      GIT_CONFIG_KEY_1: 'url.https://github.com/.insteadOf',
      GIT_CONFIG_VALUE_1: 'ssh://git@github.com/',
    },
    offer(asked) {
      for (const { repository, asked: revision } of asked) {
        const path = pathOnGitHub(repository);
        const copy = path === undefined ? undefined : copyOf(path);
        if (copy === undefined || revision === null || /^[0-9a-f]{40}$/.test(revision)) continue;
        const name = /[\s<>=~^*,|x]/.test(revision) ? lowestOf(revision) : revision;
        const found = [`refs/tags/${name}`, `refs/heads/${name}`].find((ref) => has(copy, ref)) ?? 'HEAD';
        if (!/^[\w./+-]+$/.test(name) || name === 'HEAD') continue;
        const ref = found.startsWith('refs/heads/') ? found : `refs/tags/${name}`;
        git(serve(copy), 'update-ref', ref, git(copy, 'rev-parse', `${found}^{commit}`));
      }
    },
    answer(host, path, request, response) {
      const [, address = '', rest = ''] =
        /^(\/[^/]+\/[^/]+?)(\/(?:info\/refs|git-upload-pack))$/.exec(path) ?? [];
      const copy = host === 'github.com' ? copyOf(address) : undefined;
      if (copy === undefined) return false;
      serve(copy);
      answerByGit(served, `/${keyOf(copy)}${rest}`, request, response);
      return true;
    },
    file(url) {
      const { hostname, pathname } = new URL(url);
      const [, address = '', rest = ''] =
        /^(\/[^/]+\/[^/]+)\/(?:refs\/(?:heads|tags)\/)?[^/]+\/(.+)$/.exec(pathname) ?? [];
      const copy = hostname === 'raw.githubusercontent.com' ? copyOf(address) : undefined;
      if (copy === undefined) return undefined;
      try {
        return execFileSync('git', ['--git-dir', copy, 'show', `HEAD:${decodeURIComponent(rest)}`], {
          ...{ maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'ignore'] },
        });
      } catch {
        return undefined;
      }
    },
  };
}

/** `/OWNER/NAME` of an address of GitHub, however it is written. */
function pathOnGitHub(repository: string): string | undefined {
  const [, path] =
    /^(?:https?:\/\/github\.com\/|(?:ssh:\/\/)?git@github\.com[:/])(.+)$/.exec(repository) ?? [];
  return path === undefined ? undefined : `/${path}`;
}

/** A version that is in a range. */
function lowestOf(range: string): string {
  const [, major = '0', minor = '0', patch = '0'] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(range) ?? [];
  return `${major}.${minor}.${patch}`;
}

function has(copy: string, ref: string): boolean {
  try {
    git(copy, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
    return true;
  } catch {
    return false;
  }
}

function git(folder: string, ...words: string[]): string {
  return execFileSync('git', ['--git-dir', folder, ...words], {
    ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  }).trim();
}

function keyOf(copy: string): string {
  return createHash('sha256').update(copy).digest('hex').slice(0, 16);
}

export interface GitStandIns {
  /** What leads Git here. */
  environment: Record<string, string>;
  /** Has these revisions ready, as far as there are copies. */
  offer(asked: readonly AskedTree[]): void;
  /** Answers what is asked of a server of repositories; false where it is none that has a copy. */
  answer(host: string, path: string, request: IncomingMessage, response: ServerResponse): boolean;
  /** A single file of a copy, at an address of GitHub's for such. */
  file(url: string): Buffer | undefined;
}
