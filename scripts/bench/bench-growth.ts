/** How the cost of everything grows with the platform: ten times the manifests, and what that takes. */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { devUpdates } from './dev-updates.ts';
import { generatePlatform } from './generate-platform.ts';
import { inTurns, measureNode, median, times } from './measure.ts';
import type { ModelStep } from './model-step.ts';
import { type Row, ratioRow, row, seconds, turnRows } from './rows.ts';
import { generatedSite, siteEnvironment } from './sites.ts';

/**
 * Of platforms of 100, 1,000 and 10,000 manifests (`PLUMBLINE_SIZES=10,100` says others, in applications of
 * ten manifests) and, where it lies beside the checkout, of `infra-deployments`: the model, the check, the
 * build and the update of a page while it is written, each warm.
 */
export async function growth(project: string, folder: string, runs: number, rounds: number): Promise<Row[]> {
  const sizes = (process.env.PLUMBLINE_SIZES ?? '10,100,1000').split(',').map(Number);
  const measured: Measures[] = [];
  for (const applications of sizes) measured.push(await measure(project, folder, applications, runs, rounds));
  const foreign = resolve(project, '../shared/corpus/infra-deployments');
  return [
    ...measured.flatMap(({ rows }) => rows),
    ...(existsSync(foreign) ? await foreignRows(project, folder, foreign, runs) : []),
    ...measured.flatMap((larger, index) => growthRows(measured[index - 1], larger)),
  ];
}

async function measure(
  project: string,
  folder: string,
  applications: number,
  runs: number,
  rounds: number,
): Promise<Measures> {
  const name = `${(applications * 10).toLocaleString('en-US')} manifests`;
  process.stderr.write(`  ${name}\n`);
  const site = (plugged: boolean) => {
    const root = join(folder, `${plugged ? 'plugged' : 'plain'}-${applications}`);
    const made = generatePlatform(root, applications);
    return { root: generatedSite(project, root, plugged), made };
  };
  const { root, made } = site(true);
  const { root: plain } = site(false);
  const { model, hash, memory, resources } = await modelOf(root, folder, runs);
  const check = await checkOf(project, root, folder, runs);
  const bare = median(await times(runs, () => measureNode(['-e', '0'], { cwd: project })));
  const build = (cwd: string) =>
    measureNode([join(project, 'node_modules/astro/bin/astro.mjs'), 'build'], {
      cwd,
      env: siteEnvironment(cwd),
    });
  for (const one of [root, plain]) await build(one);
  const builds = await inTurns(applications < 1000 ? rounds : runs, {
    plugged: () => build(root),
    plain: () => build(plain),
  });
  const [application] = made;
  if (application === undefined) throw new Error('a platform has no application');
  const update = await devUpdates(project, root, application, runs);
  return {
    name,
    costs: {
      model: model.cpu,
      check: check.cpu,
      build: median(builds.plugged).cpu,
      'update of a page': update.manifest.seconds,
    },
    rows: [
      row(
        `model, ${name}, ${resources} resources`,
        { ...model, memory },
        'reading and hashing',
        hash,
        // Of a small one it is the start of the process.
        applications < 1000 ? null : 2,
      ),
      row(`check, ${name}`, check, 'node -e 0', bare, null),
      ...turnRows(
        `build, ${name}, ${made.length} pages`,
        builds.plugged,
        'plain Starlight',
        builds.plain,
        1.1,
      ),
      row(`manifest's edit shown, ${name}`, update.manifest, "page's edit shown", update.page, 1.5),
      row(`first edit after the start, ${name}`, update.first, "page's edit shown", update.page, null),
    ],
  };
}

async function foreignRows(project: string, folder: string, root: string, runs: number): Promise<Row[]> {
  process.stderr.write('  infra-deployments\n');
  const { model, hash, memory, resources } = await modelOf(root, folder, runs);
  const check = await checkOf(project, root, folder, runs);
  const bare = median(await times(runs, () => measureNode(['-e', '0'], { cwd: project })));
  return [
    row(
      `model, infra-deployments, ${resources} resources`,
      { ...model, memory },
      'reading and hashing',
      hash,
      null,
    ),
    row('check, infra-deployments', check, 'node -e 0', bare, null),
  ];
}

/** The model, warm, and reading and hashing the same files, in the same processes. */
async function modelOf(root: string, folder: string, runs: number) {
  const run = async () => {
    const process = await measureNode([join(import.meta.dirname, 'model-step.ts'), root], {
      cwd: root,
      env: cacheIn(folder),
    });
    return { ...process, step: JSON.parse(process.stdout) as ModelStep };
  };
  await run();
  const all = await times(runs, run);
  return {
    model: median(all.map(({ step }) => step.modelled)),
    hash: median(all.map(({ step }) => step.hashed)),
    memory: median(all).memory,
    resources: all[0]?.step.resources ?? 0,
  };
}

async function checkOf(project: string, root: string, folder: string, runs: number) {
  const run = () =>
    measureNode([join(project, 'scripts/plumbline.ts'), 'check', '--root', root], {
      cwd: project,
      env: cacheIn(folder),
      codes: [0, 1],
    });
  await run();
  return median(await times(runs, run));
}

function cacheIn(folder: string): Record<string, string> {
  const cache = join(folder, 'cache-growth');
  mkdirSync(cache, { recursive: true });
  return { XDG_CACHE_HOME: cache };
}

/** What ten times the manifests take, of what a tenth takes: of time of the processor, which is steadier. */
function growthRows(smaller: Measures | undefined, larger: Measures): Row[] {
  if (smaller === undefined) return [];
  return Object.entries(larger.costs).map(([what, cost]) =>
    ratioRow(`${what}, ${larger.name}`, cost, smaller.name, smaller.costs[what] ?? 0, seconds, 12),
  );
}

interface Measures {
  name: string;
  rows: Row[];
  /** In seconds, by what it is the cost of. */
  costs: Record<string, number>;
}
