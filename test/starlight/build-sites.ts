/**
 * A process that builds one site after another as `astro build` does, which spares each of them the start of
 * Node, Astro and Vite: about two thirds of the time that a small site takes. It is forked, gets the folder
 * of a site as a message, and answers with what the command would have ended with and printed.
 */

import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { processorTime } from '../times.ts';
import { checkInOneThread } from './one-thread.ts';

checkInOneThread(() => process.env.PLUMBLINE_CACHE === '');
const commandLine = resolve(import.meta.dirname, '../../node_modules/astro/dist/cli/index.js');
const { cli } = (await import(pathToFileURL(commandLine).href)) as { cli(argv: string[]): Promise<void> };

let output = '';
for (const stream of [process.stdout, process.stderr])
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    output += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const done = rest.find((one): one is () => void => typeof one === 'function');
    if (done) queueMicrotask(done);
    return true;
  };

const leave = process.exit.bind(process);
process.on('disconnect', () => leave(0));

let ended: number | undefined;
process.exit = ((code = 0) => {
  ended ??= Number(code);
}) as typeof process.exit;

process.on('message', async ({ root, cache, args = [], whole }: Order) => {
  output = '';
  ended = undefined;
  process.exitCode = undefined;
  process.env.PLUMBLINE_CACHE = cache ?? '';
  const [before, started] = [engines(), processorTime()];
  if (whole === undefined) await buildOwn(root, args);
  else await buildWhole(root, whole);
  const code = ended ?? Number(process.exitCode ?? 0);
  const processor = processorTime() - started;
  process.send?.({ code, output, engines: engines() - before, processor } satisfies Built);
});

async function buildOwn(root: string, args: string[]): Promise<void> {
  const before = process.cwd();
  process.chdir(root);
  await cli([process.execPath, 'astro', 'build', ...args]);
  // Astro prints an error a second time when its command is still there after 0.4 s.
  if (ended !== undefined) await wait(500);
  // The folder of a site may go before the next is built.
  process.chdir(before);
}

/** So many this process has started since it began, as `scripts/bench/observe.mjs` counts them. */
function engines(): number {
  const tally = `${process.env.PLUMBLINE_OBSERVED}.engines`;
  return existsSync(tally) ? statSync(tally).size : 0;
}

/** As `plumbline build` does it, with the package that is named. */
async function buildWhole(root: string, { module, out }: NonNullable<Order['whole']>): Promise<void> {
  const { buildSite } = (await import(
    pathToFileURL(module).href
  )) as typeof import('../../plugins/starlight/whole/make-site.ts');
  const options = {
    title: 'Shop',
    language: 'en',
    errors: 'warn',
    isTrusted: false,
    isQuiet: true,
    isForced: false,
  } as const;
  // Where a temporary project lies has most often no folder in common with the package.
  const before = process.env.TMPDIR;
  const first = module.split('/')[1] ?? '';
  process.env.TMPDIR = first === 'tmp' ? '/var/tmp' : '/tmp';
  try {
    await buildSite(out, { root, ...options });
  } catch (error) {
    ended = 1;
    output += String(error instanceof Error ? (error.stack ?? error) : error);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

export interface Order {
  root: string;
  /** Where `root` is a repository whose whole site is built: by which module, and where to. */
  whole?: { module: string; out: string };
  /** The folder for what is kept between builds of this site; null for that of the run. */
  cache: string | null;
  /** Of the command. */
  args?: string[];
  /** Whether one build serves all of a run that want this one. */
  once?: boolean;
}

export interface Built {
  code: number;
  output: string;
  /** How many D2 engines were started. */
  engines: number;
  /** Seconds that it took of processors; a builder's first site takes its start, too. */
  processor: number;
}
