import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { delimiter, isAbsolute } from 'node:path';
import { isInside, onPath, realOf } from '../../base/index.ts';
import { wordsOf } from './fetch-words.ts';

/**
 * Asks Git as the user: their credential helpers, agents of SSH and `insteadOf` count. Nothing that the other
 * repository says is run: the clone is bare and ours, so there are no hooks, filters or submodules in it, and
 * only the usual ways to a server are open. It never asks a person for anything.
 */
export function askGit(parameters: readonly string[], options: GitOptions): Promise<GitAnswer> {
  const { folder, root, limit, input = '', most = largestAnswer } = options;
  const program = onPath('git', root);
  if (program === undefined) return Promise.resolve({ ok: false, words: '`git` is not installed' });
  const [command = program, ...words] = bounded([program, '--no-pager', ...safe, ...parameters]);
  // In a group of its own it has no terminal that SSH or a helper could ask.
  const child = spawn(command, words, {
    cwd: folder,
    env: surroundings(root),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const { pid } = child;
  const end = (): void => {
    try {
      if (process.platform === 'win32' || pid === undefined) child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  return new Promise((settle) => {
    const pieces: Buffer[] = [];
    let size = 0;
    let said = '';
    let why: string | null = null;
    let isLate = false;
    const stop = (reason: string): void => {
      why ??= reason;
      end();
    };
    const timer = setTimeout(() => {
      isLate = why === null;
      stop(`it did not answer within ${limit / 1000} seconds`);
    }, limit);
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > most) stop(`it answers more than ${Math.round(most / 2 ** 20)} MiB`);
      else pieces.push(piece);
    });
    child.stderr.on('data', (piece: Buffer) => {
      if (said.length < 64_000) said += piece.toString('utf8');
    });
    const settled = (answer: GitAnswer): void => {
      clearTimeout(timer);
      settle(answer);
    };
    child.once('error', (error) => settled({ ok: false, words: error.message }));
    child.once('close', (code) => {
      if (why === null && code === 0) settled({ ok: true, bytes: Buffer.concat(pieces) });
      else settled({ ok: false, words: why ?? (gitWords(said) || 'Git ended without a word'), isLate });
    });
    // It may end before it has read all, which is told by how it ends.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Without progress, hints and the name of the program. */
function gitWords(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => !/^(remote: (Counting|Compress|Enumer|Total)|hint:|warning:)/.test(line));
  return wordsOf(lines.join('\n').replaceAll(/^(fatal|error): /gm, ''));
}

function surroundings(root: string): NodeJS.ProcessEnv {
  const top = realOf(root);
  // What tells Git of another repository is left out; how it logs in and finds its way is the user's.
  const given = Object.entries(process.env).filter(([name]) => !placing.test(name));
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !isInside(top, realOf(folder)));
  return {
    ...Object.fromEntries(given),
    PATH: path.join(delimiter),
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ATTR_NOSYSTEM: '1',
    LC_ALL: 'C',
  };
}

/** What a server sends is written down as it comes: there is a limit to it. */
function bounded(words: string[]): string[] {
  const limits = `ulimit -f ${(largestPack / 512) | 0} 2>/dev/null; exec "$0" "$@"`;
  return process.platform !== 'win32' && existsSync('/bin/sh') ? ['/bin/sh', '-c', limits, ...words] : words;
}

const placing =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_.*|PREFIX|CEILING_.*|TEMPLATE_DIR|EXEC_PATH|EXTERNAL_DIFF|PAGER|EDITOR|TRACE.*|ALLOW_PROTOCOL|PROTOCOL_FROM_USER|QUARANTINE_PATH)$/i;
const safe = [
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'core.symlinks=false',
  'fetch.recurseSubmodules=false',
  'fetch.writeCommitGraph=false',
  'fetch.unpackLimit=1',
  'gc.auto=0',
  'maintenance.auto=false',
  'http.followRedirects=initial',
  'protocol.allow=never',
  'protocol.https.allow=always',
  'protocol.http.allow=always',
  'protocol.ssh.allow=always',
  'protocol.git.allow=always',
  // No manifest can say it, as it is no address here: only the user's own `insteadOf` leads to it.
  'protocol.file.allow=always',
].flatMap((setting) => ['-c', setting]);

const largestAnswer = 32 * 2 ** 20;
/** Bytes of a file that a fetch writes. */
const largestPack = 512 * 2 ** 20;

export interface GitOptions {
  /** Where it runs. */
  folder: string;
  /** Of the repository that is read, none of whose programs is run. */
  root: string;
  /** Milliseconds that it is waited for. */
  limit: number;
  input?: string;
  /** Bytes that it may answer. */
  most?: number;
}

export type GitAnswer =
  | { ok: true; bytes: Buffer }
  /** `isLate`: it was waited for as long as it may take. */
  | { ok: false; words: string; isLate?: boolean };
