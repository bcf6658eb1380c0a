/**
 * `npm run bench`: ratios, measured side by side in one run on one machine. Absolute times say how fast the
 * machine is; ratios say how fast we are. Arguments choose parts: check, diff, keystroke, site, diagrams,
 * growth, large; `PLUMBLINE_RUNS=1` runs each once, not three times, and builds that take turns in three
 * rounds, not nine.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { diagrams } from './bench/bench-diagrams.ts';
import { diff } from './bench/bench-diff.ts';
import { growth } from './bench/bench-growth.ts';
import { keystroke } from './bench/bench-keystroke.ts';
import { large } from './bench/bench-large.ts';
import { inTurns, type Measured, measureNode, median, times } from './bench/measure.ts';
import { partsOf } from './bench/parts.ts';
import { count, memory, type Row, ratioRow, row, seconds, tableOf, turnRows } from './bench/rows.ts';
import {
  addPagesOf,
  builtPages,
  bytesPerResource,
  bytesThatResourcesAdd,
  installedProgram,
  installPackage,
  plainSite,
  platformCopy,
  pluggedSite,
  siteEnvironment,
} from './bench/sites.ts';

const project = join(import.meta.dirname, '..');
// In the checkout, so that the copied sites find their packages.
mkdirSync(join(project, '.cache'), { recursive: true });
const folder = mkdtempSync(join(project, '.cache/bench-'));
const runs = Number(process.env.PLUMBLINE_RUNS || 3);
/** Of builds that take turns, where a tenth more is too much and runs lie further apart. */
const rounds = runs * 3;
const parts: Record<string, () => Promise<Row[]>> = {
  check,
  diff: () => diff(project, folder, runs),
  keystroke: () => keystroke(project, folder),
  site,
  diagrams: () => diagrams(project, folder, runs, rounds),
  growth: () => growth(project, folder, runs, rounds),
  large: () => large(project, folder),
};
const chosen = process.argv.slice(2);

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.stdout.write(`Node ${process.versions.node}, ${cpus().length} cores; medians of ${runs} runs, `);
process.stdout.write(`and of ${rounds} of builds that take turns\n\n`);
const rows: Row[] = [];
let installed: Promise<void> | undefined;
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  process.stderr.write(`▸ ${name}\n`);
  if (!['diff', 'keystroke'].includes(name)) {
    // As others have it.
    installed ??= installPackage(project, folder);
    await installed;
  }
  rows.push(...(await part()));
}
process.stdout.write(`${tableOf(rows)}\n`);

/** `plumbline check` on the reference platform: with an empty cache, and again with a full one. */
async function check(): Promise<Row[]> {
  const root = platformCopy(project, join(folder, 'platform'));
  const program = installedProgram(folder);
  const run = (cache: string) =>
    measureNode([program, 'check', '--root', root], { cwd: project, env: { XDG_CACHE_HOME: cache } });
  const bare = median(await times(runs, () => measureNode(['-e', '0'], { cwd: project })));
  let count = 0;
  const cold = median(await times(runs, () => run(join(folder, `cache-${count++}`))));
  const warm = median(await times(runs, () => run(join(folder, 'cache-0'))));
  return [
    row('check, cold', cold, 'node -e 0', bare, null),
    row('check, warm', warm, 'node -e 0', bare, null),
    row('check, warm', warm, 'one second', { seconds: 1 }, 1),
  ];
}

/**
 * The site's build, with pages that are generated and without, each beside a site without us that has the
 * same pages: those that we make as plain Markdown of the same text.
 */
async function site(): Promise<Row[]> {
  const build = (root: string) =>
    measureNode([join(project, 'node_modules/astro/bin/astro.mjs'), 'build'], {
      cwd: root,
      env: siteEnvironment(root),
    });
  const made = {
    plugged: pluggedSite(project, join(folder, 'plugged')),
    whole: pluggedSite(project, join(folder, 'whole'), { rules: true }),
  };
  const without = {
    plain: plainSite(project, join(folder, 'plain')),
    plainWhole: plainSite(project, join(folder, 'plain-whole')),
  };
  const madeColds = await oneByOne(made, build);
  addPagesOf(made.plugged, without.plain);
  addPagesOf(made.whole, without.plainWhole);
  const roots = { ...made, ...without };
  const unlisted = pluggedSite(project, join(folder, 'unlisted'), { rules: true, resources: false });
  await build(unlisted);
  const colds = { ...madeColds, ...(await oneByOne(without, build)) };
  const warms = await inTurns(rounds, {
    plugged: () => build(roots.plugged),
    plain: () => build(roots.plain),
    whole: () => build(roots.whole),
    plainWhole: () => build(roots.plainWhole),
  });
  const of = (name: keyof typeof roots): SiteBuilds => ({
    ...{ cold: colds[name], warm: median(warms[name]), warms: warms[name] },
    pages: builtPages(roots[name]),
  });
  const [plain, plugged] = [of('plain'), of('plugged')];
  const [plainWhole, whole] = [of('plainWhole'), of('whole')];
  const beside = (what: string, ours: SiteBuilds, theirs: SiteBuilds) => {
    const name = (phase: string) => `build, ${phase}, ${what}, ${ours.pages} pages`;
    const against = `plain Starlight, ${theirs.pages} pages`;
    const processor = [ours.cold.cpu, against, theirs.cold.cpu] as const;
    return [
      row(name('cold'), ours.cold, against, theirs.cold, null),
      ratioRow(`${name('cold')}, processor`, ...processor, seconds, null),
      ...turnRows(name('warm'), ours.warms, against, theirs.warms, 1.1),
    ];
  };
  return [
    ...beside('own pages', plugged, plain),
    ...beside('whole site', whole, plainWhole),
    ...(await partsOf(project, 'own pages, warm', roots.plugged, roots.plain)),
    ...generatedCost('generated', plugged, whole),
    ...generatedCost('plain', plain, plainWhole),
    count('bytes that a resource adds, all counted', bytesThatResourcesAdd(roots.whole, unlisted), 15_000),
    count('bytes of the page of a resource', bytesPerResource(roots.whole).page),
    count('bytes of the site, divided by its resources', bytesPerResource(roots.whole).site),
    count('D2 engines started, cold', plugged.cold.engines),
    count('D2 engines started, warm', plugged.warm.engines, 0),
    memory('memory, cold, over plain Starlight', plugged.cold, plain.cold),
  ];
}

/** Time of the processor that a page costs: what the whole site takes more, for each page more. */
function generatedCost(kind: string, plugged: SiteBuilds, whole: SiteBuilds): Row[] {
  const pages = whole.pages - plugged.pages;
  return (['cold', 'warm'] as const).map((phase) => {
    const milliseconds = ((whole[phase].cpu - plugged[phase].cpu) * 1000) / pages;
    return count(`ms of a ${kind} page, ${phase}, of ${pages}`, Math.round(milliseconds));
  });
}

async function oneByOne<K extends string>(
  roots: Record<K, string>,
  build: (root: string) => Promise<Measured>,
): Promise<Record<K, Measured>> {
  const built: [string, Measured][] = [];
  for (const [name, root] of Object.entries<string>(roots)) built.push([name, await build(root)]);
  return Object.fromEntries(built) as Record<K, Measured>;
}

interface SiteBuilds {
  cold: Measured;
  /** The median of the others. */
  warm: Measured;
  warms: Measured[];
  pages: number;
}
