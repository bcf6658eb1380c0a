import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { onPath, startProgram } from '../../base/index.ts';

/**
 * What `git` prints; null where it fails for whatever reason, takes too long or is not there.
 * @param top of the work tree, from which no program is run.
 * @param place variables that say where the repository lies.
 */
export async function runGit(
  top: string,
  folder: string,
  parameters: string[],
  place: Place = {},
): Promise<string | null> {
  const program = onPath('git', top);
  if (program === undefined) return null;
  const options = { cwd: folder, timeout: 60_000, maxBuffer: 256 * 2 ** 20, env: surroundings(place) };
  const words = ['--no-pager', ...safe, ...parameters];
  const { error, stdout } = await startProgram(program, words, options).ended;
  return error === null ? stdout : null;
}

/**
 * Gives `git` an input and takes its output in pieces, as they come; false where it fails, as above.
 * @throws what `take` throws, after `git` was ended.
 */
export async function streamGit(
  top: string,
  folder: string,
  parameters: string[],
  place: Place,
  { input, take }: { input: string; take: (piece: Buffer) => void },
): Promise<boolean> {
  const program = onPath('git', top);
  if (program === undefined) return false;
  const child = spawn(program, ['--no-pager', ...safe, ...parameters], {
    cwd: folder,
    env: surroundings(place),
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: 120_000,
  });
  const ended = new Promise<boolean>((settle) => {
    child.once('error', () => settle(false));
    child.once('close', (code) => settle(code === 0));
  });
  // It may end before it has read all, which is told by how it ends.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  try {
    for await (const piece of child.stdout) take(piece);
  } finally {
    child.kill();
  }
  return ended;
}

function surroundings(place: Place): NodeJS.ProcessEnv {
  const given = Object.entries(process.env).filter(([name]) => !/^(GIT_|SSH_)/i.test(name));
  return { ...Object.fromEntries(given), ...sealed, ...place };
}

/** Belt and braces: with a configuration of our own there is none of this. */
const safe = [
  'safe.bareRepository=explicit',
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  'core.untrackedCache=false',
  'core.quotePath=true',
  'log.showSignature=false',
  'protocol.allow=never',
].flatMap((setting) => ['-c', setting]);

const sealed = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_ATTR_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

type Place = Record<string, string>;
