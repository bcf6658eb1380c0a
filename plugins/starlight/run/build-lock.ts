import { randomBytes } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { isRunning, ownProcess, type RunningProcess } from '../../base/index.ts';

/**
 * Takes the file for this build, or says who has it: two builds in one folder would write one data store, the
 * same pages, and a search index of both. It is given back when the process ends. One whose holder is gone is
 * taken over, of another machine (or container) where there was no sign of it for a minute.
 * @throws what the file system says.
 */
export function takeBuildLock(path: string): BuildLock {
  mkdirSync(dirname(path), { recursive: true });
  // A build that failed in this process is over, even where nobody was told.
  heldHere.get(path)?.();
  const own = JSON.stringify({ ...ownProcess(), host: hostname() });
  // It appears whole or not at all.
  const whole = aside(path);
  writeFileSync(whole, own, { flag: 'wx' });
  try {
    for (let round = 0; round < maxRounds; round += 1) {
      if (putInPlace(whole, path)) return { holder: null, release: keep(path, own) };
      const found = read(path);
      if (found === undefined) continue;
      const holder = holderOf(found.text);
      if (holder !== null && (holder.host === hostname() ? isRunning(holder) : found.age < abandoned))
        return { holder, release: () => {} };
      takeAway(path, found.text);
    }
  } finally {
    rmSync(whole, { force: true });
  }
  throw new Error(`\`${path}\` can be neither taken nor read`);
}

/** Whether it was free; a link is made at once or not at all. */
function putInPlace(whole: string, path: string): boolean {
  try {
    linkSync(whole, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** What was left behind; another build that saw the same may have put its own there, which stays. */
function takeAway(path: string, text: string): void {
  const away = aside(path);
  try {
    renameSync(path, away);
    if (readFileSync(away, 'utf8') !== text) putInPlace(away, path);
  } catch {
    // It is gone already.
  }
  rmSync(away, { force: true });
}

function keep(path: string, own: string): () => void {
  const beat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Whoever removed it wanted it gone.
    }
  }, abandoned / 6).unref();
  const release = () => {
    clearInterval(beat);
    process.off('exit', release);
    heldHere.delete(path);
    if (read(path)?.text === own) rmSync(path, { force: true });
  };
  process.on('exit', release);
  heldHere.set(path, release);
  return release;
}

function read(path: string): { text: string; age: number } | undefined {
  try {
    return { text: readFileSync(path, 'utf8'), age: Date.now() - statSync(path).mtimeMs };
  } catch {
    return undefined;
  }
}

function holderOf(text: string): Holder | null {
  try {
    const { pid, started, host } = JSON.parse(text) as Partial<Holder>;
    const isHolder = typeof pid === 'number' && typeof host === 'string';
    return isHolder ? { pid, started: started ?? null, host } : null;
  } catch {
    return null;
  }
}

function aside(path: string): string {
  return `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
}

const heldHere = new Map<string, () => void>();
/** Milliseconds without a sign. */
const abandoned = 60_000;
const maxRounds = 20;

interface BuildLock {
  /** Who else has it; null where it is ours. */
  holder: Holder | null;
  release(): void;
}

interface Holder extends RunningProcess {
  host: string;
}
