/**
 * `npm test`: formatter and linter, types, and then every test in one run of Vitest (units, real engines,
 * real builds, real browser). All parts run even where an earlier one fails, so that one run shows all there
 * is to mend. Arguments go to Vitest alone: `npm test -- --project unit`, `npm test -- test/query`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBrowser } from './browser.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const only = args.length > 0;
const projects = args.flatMap((arg, index) => (arg === '--project' ? (args[index + 1] ?? []) : []));
const paths = args.filter((arg) => arg.startsWith('test/'));
const browses =
  (projects.length === 0 || projects.some((name) => !/^(unit|engine|site)$/.test(name))) &&
  (paths.length === 0 || paths.some((path) => path.startsWith('test/browser')));

const parts: Part[] = [
  { name: 'lint', run: () => node('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.') },
  { name: 'types', run: () => node('typescript/bin/tsc', '-p', '.', '--noEmit') },
  { name: 'unused', run: unused },
  { name: 'browser', run: browser },
  { name: 'tests', run: () => node('vitest/vitest.mjs', 'run', ...args) },
];

const results = parts
  .filter(({ name }) => !only || name === 'tests' || (name === 'browser' && browses))
  .map(({ name, run }) => {
    process.stderr.write(`\n▸ ${name}\n`);
    const start = performance.now();
    const ok = run();
    return { name, ok, seconds: (performance.now() - start) / 1000 };
  });

process.stderr.write('\n');
for (const { name, ok, seconds } of results) {
  process.stderr.write(`${ok ? '✓' : '✗'} ${name.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s\n`);
}
const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
process.stderr.write(failed.length === 0 ? '\nEverything passed.\n' : `\nFailed: ${failed.join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/**
 * Files, exports and dependencies that nothing uses; and then again what only tests use, which serves nobody
 * either.
 */
function unused(): boolean {
  return node('knip/bin/knip.js') && node('knip/bin/knip.js', '--production', '--include', 'exports,files');
}

/**
 * Finds or installs the browser and hands its path to the tests. Without one, on a developer's machine, the
 * rest still runs.
 */
function browser(): boolean {
  try {
    const path = ensureBrowser((text) => process.stderr.write(`${text}\n`));
    process.env.PLUMBLINE_CHROMIUM = path;
    process.stderr.write(`${path}\n`);
    return true;
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

function node(script: string, ...rest: string[]): boolean {
  const result = spawnSync(process.execPath, [join(root, 'node_modules', script), ...rest], {
    cwd: root,
    stdio: 'inherit',
  });
  return result.status === 0;
}

interface Part {
  name: string;
  run(): boolean;
}
