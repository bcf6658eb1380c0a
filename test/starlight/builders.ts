/**
 * Processes that build sites for all workers of a run, so that what a builder loads, which is two thirds of
 * the time that a small site takes, is loaded only once for each two cores. Each builds one site after
 * another; a new one starts where all are busy. A worker sends its order over a socket.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stackOf } from '../look-at-process.ts';
import type { Built, Order } from './build-sites.ts';
import { cleanEnvironment } from './environment.ts';

const most = Math.max(1, Math.floor(availableParallelism() / 2));

export default function setup(): () => Promise<void> {
  const folder = process.env.PLUMBLINE_TREES ?? tmpdir();
  const builders: Builder[] = [];
  const ofSite = new Map<string, Builder>();
  const shared = new Map<string, Promise<Answer>>();
  const built: [site: string, processor: number][] = [];
  const start = (): Builder => {
    const builder = startBuilder(join(folder, `builder-${builders.length}`));
    builders.push(builder);
    return builder;
  };
  /** One that waits or, where there may be no more of them, the one with the fewest orders. */
  const idlest = (): Builder | undefined => {
    const alive = builders.filter(({ child }) => child.connected).sort((a, b) => a.orders - b.orders);
    return alive.find(({ orders }) => orders === 0 || alive.length >= most);
  };
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    // Whoever asked may have given up by the time of the answer.
    socket.on('error', () => {});
    const told = await text(socket);
    const order = JSON.parse(told) as Order;
    const answer = (order.once && shared.get(told)) || build(order);
    if (order.once) shared.set(told, answer);
    socket.end(JSON.stringify(await answer));
  });
  const build = async (order: Order): Promise<Answer> => {
    // A site stays with its builder: one that failed is locked by it, as nothing says that it was given up.
    const builder = ofSite.get(order.root) ?? idlest() ?? start();
    ofSite.set(order.root, builder);
    const told = await inTurn(builder, order);
    const answer = 'hung' in told ? await inTurn(start(), order) : told;
    built.push([basename(order.root), 'died' in answer ? 0 : answer.processor]);
    return answer;
  };
  const path = join(folder, 'builders');
  server.listen(path).unref();
  process.env.PLUMBLINE_BUILDERS = path;
  return async () => {
    server.close();
    // As it ends, one writes what it compiled into the folder of the run, which is removed then.
    const alive = builders.map(({ child }) => child).filter((child) => child.exitCode === null);
    const ended = alive.map((child) => new Promise((done) => child.once('exit', done)));
    for (const child of alive) child.kill();
    await Promise.all(ended);
    if (built.length > 0)
      console.log(
        `${built.length} sites were built, by turns in ${builders.length} processes; seconds of processor: ` +
          built.map(([site, processor]) => `${site} ${processor.toFixed(1)}`).join(', '),
      );
  };
}

/** @param counted where it writes down how many D2 engines it has started. */
function startBuilder(counted: string): Builder {
  const child = fork(join(import.meta.dirname, 'build-sites.ts'), {
    execArgv: ['--max-semi-space-size=64', '--import', observer],
    env: { ...cleanEnvironment('production'), PLUMBLINE_OBSERVED: counted },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const words: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => words.push(chunk.toString()));
  return { child, words, orders: 0, last: Promise.resolve() };
}

async function inTurn(builder: Builder, order: Order): Promise<Answer> {
  builder.orders += 1;
  const answer = builder.last.then(() => ask(builder, order));
  builder.last = answer;
  const given = await answer;
  builder.orders -= 1;
  return given;
}

function ask({ child, words }: Builder, order: Order): Promise<Answer> {
  return new Promise((settle) => {
    const early = (code: number | null) => {
      clearTimeout(timer);
      settle({ died: `the builder of sites ended with ${code}: ${words.join('')}`, ...hung });
    };
    let hung: { hung?: true } = {};
    const timer = setTimeout(async () => {
      hung = { hung: true };
      const stack = await stackOf(child.pid ?? 0);
      console.error(
        `\n${order.root} is built for ${longest / 1000} s, and its builder is ended. It is at\n${stack}\n${words.join('')}`,
      );
      child.kill('SIGKILL');
    }, longest);
    if (!child.connected) return early(child.exitCode);
    child.once('exit', early);
    child.once('message', (built: Built) => {
      clearTimeout(timer);
      child.off('exit', early);
      settle(built);
    });
    child.send(order);
  });
}

/** Says how many engines a process starts. */
export const observer = join(import.meta.dirname, '../../scripts/bench/observe.mjs');

interface Builder {
  child: ChildProcess;
  /** What it said beside what it answers, which is nothing but how it died. */
  words: string[];
  /** How many it has that are not answered, and the last of them. */
  orders: number;
  last: Promise<unknown>;
}

/** `hung`: it took too long, and is asked for once more. */
export type Answer = Built | { died: string; hung?: true };

/** Milliseconds that the largest site never takes. */
const longest = 150_000;
