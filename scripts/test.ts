/**
 * `npm test`: formatter and linter, types, what nothing uses, and every test in one run of Vitest (units,
 * real engines, real builds, real browser). The first three run in turn beside the tests, which leave a core
 * idle at times, and each is told as a whole once the tests have ended. All parts run even where an earlier
 * one fails, so that one run shows all there is to mend. Arguments go to Vitest alone: `npm test -- --project
 * unit`, `npm test -- test/query`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureBrowser } from './browser.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const only = args.length > 0;
const projects = args.flatMap((arg, index) => (arg === '--project' ? (args[index + 1] ?? []) : []));
const paths = args.filter((arg) => arg.startsWith('test/'));
const browses =
  (projects.length === 0 || projects.some((name) => !/^(unit|engine|site)$/.test(name))) &&
  (paths.length === 0 || paths.some((path) => path.startsWith('test/browser')));

const beside: Part[] = [
  { name: 'lint', calls: [['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']] },
  // One checker: each of several would ask for itself what all modules use. Its memory, 1.5 GB, goes with it:
  // collecting it while it runs takes a seventh of its time.
  { name: 'types', calls: [['typescript/bin/tsc', '-p', '.', '--noEmit', '--checkers', '1']] },
  // Files, exports and dependencies that nothing uses; and then what only tests use, which serves nobody
  // either.
  {
    name: 'unused',
    calls: [['knip/bin/knip.js'], ['knip/bin/knip.js', '--production', '--include', 'exports,files']],
  },
];

const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const child of running) child.kill(signal);
    process.kill(process.pid, signal);
  });

const others = only ? [] : inTurn(beside);
const found = !only || browses ? [browser()] : [];
say('\n▸ tests\n');
const kept = mkdtempSync(join(tmpdir(), 'plumbline-hung-'));
process.env.PLUMBLINE_HUNG = join(kept, 'files');
const tests = await timed('tests', () => node(['vitest/vitest.mjs', 'run', ...args], say, 'inherit'));
const results = [...(await others), ...found, ...(await afterHangs(tests))];
rmSync(kept, { recursive: true });

say('\n');
for (const { name, ok, output } of results)
  if (output !== '') say(`▸ ${name}${ok ? '' : ' failed'}\n${output}\n`);
for (const { name, ok, seconds } of results)
  say(`${ok ? '✓' : '✗'} ${name.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s\n`);
const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
say(failed.length === 0 ? '\nEverything passed.\n' : `\nFailed: ${failed.join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/**
 * Files at which a worker hung, which `test/hangs.ts` has told of and ended, get one more turn: it says how
 * the tests ended where nothing else has failed.
 */
async function afterHangs(tests: Result): Promise<Result[]> {
  const list = process.env.PLUMBLINE_HUNG ?? '';
  if (!existsSync(list)) return [tests];
  const files = readFileSync(list, 'utf8').trim().split('\n');
  const isAlone = existsSync(`${list}.alone`);
  delete process.env.PLUMBLINE_HUNG;
  say(`\n▸ again, as they hung: ${files.map((file) => relative(root, file)).join(', ')}\n`);
  const again = await timed('again', () => node(['vitest/vitest.mjs', 'run', ...files], say, 'inherit'));
  return [{ ...tests, ok: isAlone }, again];
}

async function inTurn(parts: Part[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const { name, calls } of parts)
    results.push(
      await timed(name, async (write) => {
        for (const call of calls) if (!(await node(call, write))) return false;
        return true;
      }),
    );
  return results;
}

async function timed(name: string, run: (write: Write) => Promise<boolean>): Promise<Result> {
  const start = performance.now();
  const texts: string[] = [];
  const ok = await run((text) => texts.push(text));
  return { name, ok, seconds: (performance.now() - start) / 1000, output: texts.join('') };
}

/**
 * Finds or installs the browser and hands its path to the tests. Without one, on a developer's machine, the
 * rest still runs.
 */
function browser(): Result {
  const start = performance.now();
  const end = (ok: boolean) => ({
    name: 'browser',
    ok,
    seconds: (performance.now() - start) / 1000,
    output: '',
  });
  say('\n▸ browser\n');
  try {
    const path = ensureBrowser((text) => say(`${text}\n`));
    process.env.PLUMBLINE_CHROMIUM = path;
    say(`${path}\n`);
    return end(true);
  } catch (error) {
    say(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    return end(false);
  }
}

/** Whether a program of a package ends well; what it says goes to `write`, or where ours goes. */
function node(
  [script = '', ...rest]: string[],
  write: Write,
  stdio: 'pipe' | 'inherit' = 'pipe',
): Promise<boolean> {
  const child = spawn(process.execPath, [join(root, 'node_modules', script), ...rest], {
    cwd: root,
    stdio,
    env: script.startsWith('typescript/') ? { ...process.env, GOGC: 'off' } : process.env,
  });
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', write);
  return new Promise((done) => {
    child.on('error', (error) => {
      write(`error: ${error.message}\n`);
      done(false);
    });
    child.on('close', (code) => {
      running.delete(child);
      done(code === 0);
    });
  });
}

function say(text: string): void {
  process.stderr.write(text);
}

type Write = (text: string) => void;

interface Part {
  name: string;
  /** Programs of packages with their arguments, one after the other. */
  calls: string[][];
}

interface Result {
  name: string;
  ok: boolean;
  seconds: number;
  /** What it said, where that is still to be told. */
  output: string;
}
