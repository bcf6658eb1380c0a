import { spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { isRunning, programsTime, startProgram } from '../../plugins/base/index.ts';
import { tree } from '../source/tree.ts';

const sh = (script: string, options = {}) => startProgram('/bin/sh', ['-c', script], options);
/** From here on another process starts them, where there is one for that. */
for (let first = 0; first < 4; first++) await sh('true').ended;
const isApart = process.platform === 'linux';

describe('a program', () => {
  test('has the folder, the words and the environment that it is given, and nothing of ours', async () => {
    const cwd = realpathSync(tree({}));
    const said = startProgram('/bin/sh', ['-c', 'pwd; echo "$1"; env | grep -c SECRET', 'sh', 'größer ☃'], {
      cwd,
      env: { PATH: process.env.PATH, OWN_SECRET: '1' },
    });
    expect(await said.ended).toEqual({ error: null, stdout: `${cwd}\ngrößer ☃\n1\n`, stderr: '' });
  });

  test('is started by another process than this one', async () => {
    const { stdout } = await sh('cut -d" " -f4 /proc/self/stat 2>/dev/null; echo $PPID').ended;
    expect(Number(stdout.trim().split('\n').at(-1)) !== process.pid).toBe(isApart);
  });

  test('says how it failed', async () => {
    expect(await sh('echo out; echo bad >&2; exit 3').ended).toMatchObject({
      error: { code: 3, signal: null, killed: false },
      stdout: 'out\n',
      stderr: 'bad\n',
    });
    expect((await sh('kill -9 $$').ended).error).toMatchObject({ signal: 'SIGKILL', killed: false });
    expect((await startProgram('/no/such/program', [], {}).ended).error).toMatchObject({ code: 'ENOENT' });
  });

  test('is ended where it writes too much, takes too long, or is no longer wanted', async () => {
    const much = await sh('while :; do echo 0123456789; done', { maxBuffer: 1000, killSignal: 'SIGKILL' })
      .ended;
    expect(much.error?.code).toBe('ERR_CHILD_PROCESS_STDIO_MAXBUFFER');
    expect((await sh('exec sleep 60', { timeout: 50 }).ended).error).toMatchObject({ killed: true });
    const unwanted = sh('exec sleep 60');
    await until(() => unwanted.pid !== undefined);
    unwanted.kill();
    expect((await unwanted.ended).error).toMatchObject({ killed: true, signal: 'SIGKILL' });
  });

  test('gets its own answer, however many run at once', async () => {
    const numbers = [...Array(40).keys()];
    const said = await Promise.all(numbers.map((number) => sh(`echo ${number}`).ended));
    expect(said.map(({ stdout }) => Number(stdout))).toEqual(numbers);
  });
});

describe.runIf(isApart)('the process that starts programs', () => {
  test('is asked how long they have worked', async () => {
    const before = programsTime() ?? 0;
    await sh('i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done').ended;
    expect(programsTime()).toBeGreaterThan(before);
  });

  test('is no loss where somebody ends it: what ran is told as ended, and the next is started', async () => {
    const { stdout } = await sh('echo $PPID').ended;
    const running = sh('exec sleep 60');
    await until(() => running.pid !== undefined);
    // Number 0 would be all of this run.
    expect(Number(stdout)).toBeGreaterThan(1);
    process.kill(Number(stdout), 'SIGKILL');
    expect((await running.ended).error).toMatchObject({ killed: true, signal: 'SIGKILL' });
    process.kill(Number(running.pid), 'SIGKILL');
    expect(await sh('echo on').ended).toMatchObject({ error: null, stdout: 'on\n' });
  });

  test('is no loss where it is stuck: what it does not start is told as ended', async () => {
    const { stdout } = await sh('echo $PPID').ended;
    expect(Number(stdout)).toBeGreaterThan(1);
    process.kill(Number(stdout), 'SIGSTOP');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const stuck = sh('echo never');
    vi.advanceTimersByTime(60_000);
    expect((await stuck.ended).error).toMatchObject({ killed: true, signal: 'SIGKILL' });
    expect(await sh('echo on').ended).toMatchObject({ error: null, stdout: 'on\n' });
  });

  test('ends with who needs it, however that ends, and with all that it has started', async () => {
    const module = join(import.meta.dirname, '../../plugins/base/index.ts');
    const script = `
      const { startProgram } = await import(${JSON.stringify(module)});
      const sleeping = Array.from({ length: 7 }, () => startProgram('/bin/sleep', ['60'], {}));
      while (sleeping.some(({ pid }) => pid === undefined)) await new Promise((next) => setTimeout(next, 5));
      console.log(sleeping.slice(4).map(({ pid }) => pid).join(' '));`;
    const user = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const [said] = (await user.stdout.take(1).toArray()) as Buffer[];
    const started = String(said).trim().split(' ').map(Number);
    expect(started).toHaveLength(3);
    const starter = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${started[0]}/status`, 'utf8'))?.[1]);
    expect(starter).not.toBe(user.pid);
    user.kill('SIGKILL');
    await until(
      () => ![starter, ...started].some((pid) => isRunning({ pid, started: null }) && !isZombie(pid)),
    );
    // Those that it started itself go with its group.
    process.kill(-Number(user.pid), 'SIGKILL');
  });

  test('keeps nobody from ending', async () => {
    const module = join(import.meta.dirname, '../../plugins/base/index.ts');
    const script = `
      const { startProgram } = await import(${JSON.stringify(module)});
      for (let count = 0; count < 6; count++) await startProgram('/bin/true', [], {}).ended;`;
    const user = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    expect(await new Promise((done) => user.once('exit', done))).toBe(0);
  });
});

function isZombie(pid: number): boolean {
  try {
    return /^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}
