/**
 * `npm run bench`: ratios, measured side by side in one run on one machine. Absolute times say how fast the machine is; ratios
 * say how fast we are. Arguments choose parts: check, site, model.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { generateManifests, readAndHash } from './bench/manifests.ts';
import { type Measured, measureNode, median, times } from './bench/measure.ts';
import { builtPages, plainSite, platformCopy, pluggedSite, siteCopy } from './bench/sites.ts';

const project = join(import.meta.dirname, '..');
// In the checkout, so that the copied sites find their packages.
mkdirSync(join(project, '.cache'), { recursive: true });
const folder = mkdtempSync(join(project, '.cache/bench-'));
const runs = 3;
const blank = { against: '', base: '', ratio: '', budget: '', memory: '' };
const parts: Record<string, () => Row[] | Promise<Row[]>> = { check, site, model };
const chosen = process.argv.slice(2);

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.stdout.write(`Node ${process.versions.node}, ${cpus().length} cores; medians of ${runs} runs\n\n`);
const rows: Row[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  process.stderr.write(`▸ ${name}\n`);
  rows.push(...(await part()));
}
process.stdout.write(`${tableOf(rows)}\n`);

/** `plumbline check` on the reference platform: with an empty cache, and again with a full one. */
function check(): Row[] {
  const root = platformCopy(project, join(folder, 'platform'));
  const program = join(project, 'scripts/plumbline.ts');
  const run = (cache: string) =>
    measureNode([program, 'check', '--root', root], { cwd: project, env: { XDG_CACHE_HOME: cache } });
  const bare = median(times(runs, () => measureNode(['-e', '0'], { cwd: project })));
  let count = 0;
  const cold = median(times(runs, () => run(join(folder, `cache-${count++}`))));
  const warm = median(times(runs, () => run(join(folder, 'cache-0'))));
  return [
    row('check, cold', cold, 'node -e 0', bare, null),
    row('check, warm', warm, 'node -e 0', bare, null),
    row('check, warm', warm, 'one second', { seconds: 1 }, 1),
  ];
}

/** The site's build beside that of the same pages without us. */
function site(): Row[] {
  const build = (root: string) =>
    measureNode([join(project, 'node_modules/astro/bin/astro.mjs'), 'build'], { cwd: root });
  const both = (make: (root: string) => string, name: string) => {
    const root = make(join(folder, name));
    const cold = build(root);
    const warm = median(times(runs, () => build(root)));
    return { cold, warm, pages: builtPages(root) };
  };
  const plain = both((root) => plainSite(project, root), 'plain');
  const plugged = both((root) => pluggedSite(project, root), 'plugged');
  const whole = both((root) => siteCopy(project, root), 'whole');
  const against = `plain Starlight, ${plain.pages} pages`;
  return [
    row(`build, cold, the same ${plugged.pages} pages`, plugged.cold, against, plain.cold, null),
    row(`build, warm, the same ${plugged.pages} pages`, plugged.warm, against, plain.warm, 1.1),
    row(`build, cold, whole site, ${whole.pages} pages`, whole.cold, against, plain.cold, null),
    row(`build, warm, whole site, ${whole.pages} pages`, whole.warm, against, plain.warm, null),
    count('D2 workers started, cold', plugged.cold.workers - plain.cold.workers),
    count('D2 workers started, warm', plugged.warm.workers - plain.warm.workers),
    memory('memory, cold, over plain Starlight', plugged.cold.maxRss - plain.cold.maxRss),
  ];
}

/** The model of ten thousand manifests, warm, beside reading and hashing the same files. */
async function model(): Promise<Row[]> {
  const { loadPlatform } = await import('../plugins/model/index.ts');
  const root = generateManifests(join(folder, 'generated'), 200, 50);
  process.env.XDG_CACHE_HOME = join(folder, 'cache-generated');
  const load = async () => {
    const start = performance.now();
    const { model } = await loadPlatform({ root });
    return { seconds: (performance.now() - start) / 1000, resources: model.resources.length };
  };
  const hash = () => {
    const start = performance.now();
    readAndHash(root);
    return { seconds: (performance.now() - start) / 1000 };
  };
  const cold = await load();
  const warm = [];
  for (let index = 0; index < runs; index++) warm.push(await load());
  const base = median(times(runs, hash));
  return [
    row(`model, cold, ${cold.resources} resources`, cold, 'reading and hashing', base, null),
    row(`model, warm, ${cold.resources} resources`, median(warm), 'reading and hashing', base, 2),
  ];
}

function row(
  what: string,
  measured: Pick<Measured, 'seconds'> & Partial<Measured>,
  against: string,
  base: { seconds: number },
  budget: number | null,
): Row {
  return {
    what,
    value: `${measured.seconds.toFixed(2)} s`,
    against,
    base: `${base.seconds.toFixed(2)} s`,
    ratio: (measured.seconds / base.seconds).toFixed(2),
    budget: budget === null ? '' : `≤ ${budget}`,
    memory: measured.maxRss === undefined ? '' : `${Math.round(measured.maxRss / 1e6)} MB`,
  };
}

function count(what: string, value: number): Row {
  return { ...blank, what, value: String(value) };
}

function memory(what: string, bytes: number): Row {
  return { ...blank, what, value: `${Math.round(bytes / 1e6)} MB`, budget: '≤ 400' };
}

function tableOf(rows: Row[]): string {
  const columns = ['what', 'value', 'against', 'base', 'ratio', 'budget', 'memory'] as const;
  const heading = Object.fromEntries(columns.map((column) => [column, column]));
  const lines = [heading, ...rows].map((row) => columns.map((column) => String(row[column] ?? '')));
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

interface Row {
  what: string;
  value: string;
  against: string;
  base: string;
  ratio: string;
  budget: string;
  /** Highest memory of the Node process; the engines that it starts are not in it. */
  memory: string;
}
