import { execFile } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { isExecutable } from '../../base/index.ts';

/**
 * What stands before an engine's command so that it has no network at all, not even this machine's own
 * addresses, which Go asks past any proxy: a network namespace with nothing in it. Empty where the system
 * lets us make none (no Linux, or a container or an AppArmor profile that forbids it). Found out once a run.
 */
export function withoutNetwork(): Promise<readonly string[]> {
  found ??= firstThatHolds();
  return found;
}

/** Whether no namespace could be made this time, so that nothing is known of what the engine would say. */
export function isNamespaceFailure(message: string): boolean {
  return /^unshare: /.test(message);
}

async function firstThatHolds(): Promise<readonly string[]> {
  const program = programs.find(isExecutable);
  if (process.platform !== 'linux' || program === undefined) return [];
  const bare = ['--net'];
  const own = ['--user', '--map-root-user', '--net'];
  // Who is root already reads other people's files in a namespace of the network alone.
  for (const options of process.getuid?.() === 0 ? [bare, own] : [own]) {
    const words = [program, ...options, '--'];
    if (await holds(words)) return words;
  }
  return [];
}

/** Whether what is run so has another network than this process. */
function holds([program = '', ...words]: readonly string[]): Promise<boolean> {
  const options = { env: { PATH: '/usr/bin:/bin' }, timeout: 5_000 };
  return new Promise((resolve) => {
    execFile(program, [...words, 'readlink', namespace], options, (error, stdout) =>
      resolve(!error && /^net:\[\d+\]$/.test(stdout.trim()) && stdout.trim() !== ownNetwork()),
    );
  });
}

function ownNetwork(): string {
  try {
    return readlinkSync(namespace);
  } catch {
    return '';
  }
}

let found: Promise<readonly string[]> | undefined;
const namespace = '/proc/self/ns/net';
/** Where systems have it; PATH may lead into the repository that is read. */
const programs = ['/usr/bin/unshare', '/bin/unshare', '/run/current-system/sw/bin/unshare'];
