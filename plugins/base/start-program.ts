import { type ChildProcess, type ExecFileOptions, execFile, fork } from 'node:child_process';
import { moduleBeside } from './module-beside.ts';
import { statOfProcess } from './processes.ts';

/**
 * Runs a program to its end. On Linux a process that starts another is copied first, which takes as long as
 * it is large: 40 ms for one of 800 MB, in which nothing else happens. So all but the first few are started
 * by a small process that is kept for that, and that ends with this one, and with it what it has started.
 * @param options as `execFile` takes them.
 */
export function startProgram(program: string, words: readonly string[], options: ProgramOptions): Program {
  count += 1;
  return process.platform === 'linux' && count > few
    ? startApart({ program, words, options })
    : startHere({ program, words, options });
}

/** The same, by this process itself. */
export function startHere({ program, words, options }: Call): Program {
  const { promise: ended, resolve: settle } = Promise.withResolvers<Ended>();
  const child = execFile(program, words, { ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
    if (error === null) return settle({ error: null, stdout, stderr });
    const { message, code = null, signal = null, killed = false } = error;
    settle({ error: { message, code, signal, killed }, stdout, stderr });
  });
  return { pid: child.pid, ended, kill: () => child.kill('SIGKILL') };
}

/**
 * Milliseconds that the programs which have ended kept a core busy, with what they started; null where the
 * system does not tell (anywhere but Linux). It is less than before where the process that starts them was
 * another one then.
 */
export function programsTime(): number | null {
  const own = childrenTime('self');
  const pid = starter?.pid;
  return own === null || pid === undefined ? own : own + (childrenTime(pid) ?? 0);
}

/** Of the processes that one has started and waited for. */
function childrenTime(pid: number | 'self'): number | null {
  const stat = statOfProcess(pid);
  // A tick is a hundredth of a second.
  return stat === null ? null : (Number(stat[13]) + Number(stat[14])) * 10;
}

function startApart(call: Call): Program {
  starter ??= openStarter();
  return starter.start(call);
}

function openStarter(): Starter {
  const child = fork(moduleBeside(import.meta.url, 'starter'), [], {
    execArgv: [],
    serialization: 'advanced',
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  hold(child, false);
  const take = (id: number): Waiting | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    clearTimeout(one?.timer);
    if (waiting.size === 0) hold(child, false);
    return one;
  };
  child.on('message', (message: Told) => {
    if ('ended' in message) take(message.id)?.settle(message.ended);
    else {
      const one = waiting.get(message.id);
      if (one !== undefined) one.program.pid = message.pid;
      clearTimeout(one?.timer);
    }
  });
  const lose = (reason: string): void => {
    if (starter === own) starter = undefined;
    const error = { message: reason, code: null, signal: 'SIGKILL', killed: true } as const;
    for (const id of [...waiting.keys()]) take(id)?.settle({ error, stdout: '', stderr: '' });
  };
  child.on('error', ({ message }) => lose(`the process that starts programs failed: ${message}`));
  child.on('exit', () => lose('the process that starts programs was ended'));
  const own: Starter = {
    pid: child.pid,
    start(call) {
      const id = ++last;
      const { promise: ended, resolve: settle } = Promise.withResolvers<Ended>();
      const program: Program = { pid: undefined, ended, kill: () => send({ id, kill: true }) };
      // One that does not start it is stuck: its end settles what waits.
      const timer = setTimeout(() => child.kill('SIGKILL'), startLimit);
      waiting.set(id, { program, settle, timer });
      hold(child, true);
      send({ id, call });
      return program;
    },
  };
  const send = (asked: Asked): void => {
    // Where it is gone, its end settles what waits.
    if (child.connected) child.send(asked, () => undefined);
    else lose('the process that starts programs was ended');
  };
  return own;
}

/** While nothing is waited for, it does not keep this process from ending. */
function hold(child: ChildProcess, isWaiting: boolean): void {
  child[isWaiting ? 'ref' : 'unref']();
  child.channel?.[isWaiting ? 'ref' : 'unref']();
}

let starter: Starter | undefined;
let count = 0;
/** Programs that are started without it: it takes as long to start as they do. */
const few = 4;
/** Milliseconds in which it starts one, on a machine busy with other things. */
const startLimit = 60_000;

export type ProgramOptions = Pick<ExecFileOptions, 'cwd' | 'env' | 'killSignal' | 'maxBuffer' | 'timeout'>;

export interface Program {
  /** Undefined until it runs. */
  pid: number | undefined;
  ended: Promise<Ended>;
  kill(): void;
}

interface Ended {
  /** Null where it ended well; `code` as Node's errors have it. */
  error: { message: string; code: string | number | null; signal: string | null; killed: boolean } | null;
  stdout: string;
  stderr: string;
}

export interface Call {
  program: string;
  words: readonly string[];
  options: ProgramOptions;
}

export type Asked = { id: number; call: Call } | { id: number; kill: true };
export type Told = { id: number; pid: number | undefined } | { id: number; ended: Ended };

interface Starter {
  pid: number | undefined;
  start(call: Call): Program;
}

interface Waiting {
  program: Program;
  settle(ended: Ended): void;
  /** Runs until it was started. */
  timer: NodeJS.Timeout;
}
