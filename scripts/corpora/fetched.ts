/**
 * Reads a copy of a repository as it is, has `plumbline fetch` bring what it asks for from stand-ins, and
 * reads it again: a process for each, with an empty cache.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { askedCharts } from '../../plugins/engine/fetch/asked-charts.ts';
import { askedParts } from '../../plugins/engine/fetch/asked-parts.ts';
import { fetchParts } from '../../plugins/engine/index.ts';
import { deployersOf } from '../../plugins/model/index.ts';
import { loadPlatform, type Platform } from '../../plugins/platform/index.ts';
import { findHelm } from '../../plugins/render/index.ts';
import {
  cacheDirectory,
  isArtifact,
  lockName,
  openCache,
  type Unverified,
} from '../../plugins/source/index.ts';
import { type Tally, tally } from './count.ts';
import type { Checkout } from './repositories.ts';
import { openStandIns } from './stand-ins.ts';

/** Two tables in Markdown: of the repositories, and of what stays not verified. */
export function fetchedTables(checkouts: Checkout[], charts: string): string {
  const rows = [
    '| repository | charts brought / asked | artifacts | repositories | files | rendered / unverified before | after |',
    '| --- | --- | --- | --- | --- | --- | --- |',
  ];
  const reasons: Tally[] = [];
  for (const { name, directory, commit } of checkouts) {
    process.stderr.write(`▸ ${name}\n`);
    const found = inOwnProcess(directory, charts);
    reasons.push(found.reasons);
    const parts = [`${name} \`${commit.slice(0, 7)}\``, ...found.brought];
    rows.push(`| ${[...parts, words(found.before), words(found.after)].join(' | ')} |`);
    for (const line of found.details) process.stderr.write(`  ${line}\n`);
  }
  const all = new Map<string, number>();
  for (const one of reasons)
    for (const [why, count] of Object.entries(one)) all.set(why, (all.get(why) ?? 0) + count);
  const sorted = [...all].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return [...rows, '', '| applications | what stays not verified |', '| --- | --- |']
    .concat(sorted.map(([why, count]) => `| ${count} | ${why} |`))
    .join('\n');
}

function words({ rendered, unverified }: Known): string {
  return `${rendered} / ${unverified}`;
}

async function fetchInto(root: string, charts: string): Promise<FetchedCounts> {
  const { path: helm } = await findHelm(openCache(cacheDirectory(root)), root);
  const standIns = await openStandIns(charts, helm);
  Object.assign(process.env, standIns.environment);
  globalThis.fetch = async (url) => {
    const { body, headers } = standIns.answer(String(url));
    return new Response(body ? new Uint8Array(body) : null, { status: body ? 200 : 404, headers });
  };
  try {
    const loads: Platform[] = [];
    const fetched = await fetchParts({
      ...{
        mode: 'fill',
        isDry: false,
        only: [],
        vendor: undefined,
        helm: async () => helm,
        root,
        plainHttp: false,
        limit: 60_000,
      },
      load: async () => {
        const platform = await loadPlatform({ root });
        standIns.offer(askedCharts(platform), askedParts(platform).trees);
        // The first and the last are kept.
        loads[loads.length === 0 ? 0 : 1] = platform;
        return platform;
      },
    });
    const [before, after = before] = loads;
    if (before === undefined || after === undefined) throw new Error('nothing was read');
    const open = deployersOf(after.model).flatMap(({ name, unverified }) =>
      unverified
        .filter(isUnknown)
        .map((one) => ({ name, reason: reasonOf(one), what: one.what, why: one.why })),
    );
    const known = new Set(before.diagnostics.map(({ fingerprint }) => fingerprint));
    const told = after.diagnostics.filter(({ fingerprint }) => !known.has(fingerprint));
    const perApplication = new Set(open.map(({ name, reason }) => `${name}\0${reason}`));
    return {
      brought: kinds.map((isOfKind) => {
        const [here, gone] = [fetched.brought, fetched.failed].map((all) => all.filter(isOfKind).length);
        return `${here} / ${(here ?? 0) + (gone ?? 0)}`;
      }),
      before: knownOf(before),
      after: knownOf(after),
      reasons: tally([...perApplication].map((one) => one.split('\0')[1] ?? '')),
      details: [
        ...told.map(
          ({ rule, message, actual, sources: [at] }) =>
            `told anew ${rule} ${at?.file}:${at?.line}: ${message}: ${actual ?? ''}`,
        ),
        ...fetched.failed.map(
          ({ why, isOther: _, places: __, ...asked }) => `not brought ${JSON.stringify(asked)}: ${why}`,
        ),
        ...open.map(({ name, what, why }) => `not verified ${name}: ${what}: ${why}`),
      ],
    };
  } finally {
    standIns.close();
  }
}

function knownOf({ model }: Platform): Known {
  const all = deployersOf(model);
  const unverified = all.filter((one) => one.unverified.some(isUnknown)).length;
  return { rendered: all.length - unverified, unverified };
}

/** What is shown of another revision is that of the working tree: nothing of it is left out. */
function isUnknown({ kind }: Unverified): boolean {
  return kind !== 'revision';
}

/** Without what is another's each time. */
function reasonOf({ kind, why, remedy }: Unverified): string {
  if (remedy === 'fetch') return `${kind}: it was not brought`;
  const plain = why
    .replaceAll(/`[^`]*`/g, '`…`')
    .replaceAll(/(https?|oci):\/\/\S+/g, '…')
    .replace(/^(Helm says|without what needs a network Helm says): .*/, '$1 …');
  return `${kind}: ${plain}`;
}

function inOwnProcess(directory: string, charts: string): FetchedCounts {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-fetched-'));
  try {
    const root = join(folder, 'repository');
    cpSync(directory, root, { recursive: true, verbatimSymlinks: true });
    // What was fetched for it before is none of the stand-ins'.
    rmSync(join(root, lockName), { force: true });
    const env = { ...process.env, PLUMBLINE_CACHE: join(folder, 'cache') };
    const text = execFileSync(process.execPath, [fileURLToPath(import.meta.url), root, charts], {
      ...{ env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 },
    });
    return JSON.parse(text) as FetchedCounts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kinds: ((one: object) => boolean)[] = [
  (one) => 'chart' in one,
  (one) => 'repository' in one && isArtifact(one as { repository: string }) && !('chart' in one),
  (one) => 'repository' in one && !isArtifact(one as { repository: string }) && !('chart' in one),
  (one) => 'url' in one,
];

/** Applications, Kustomizations and HelmReleases. */
interface Known {
  /** Of which all is known that they deploy. */
  rendered: number;
  unverified: number;
}

interface FetchedCounts {
  /** Of charts, artifacts, repositories and files: how many of how many. */
  brought: string[];
  before: Known;
  after: Known;
  /** Applications that are not verified afterwards, by why. */
  reasons: Tally;
  /** Lines for whoever judges them. */
  details: string[];
}

// Run by name, it reads one repository in its own process.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(JSON.stringify(await fetchInto(process.argv[2] ?? '.', process.argv[3] ?? '.')));
