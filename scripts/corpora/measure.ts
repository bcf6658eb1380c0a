/**
 * Reads whole repositories, each in a process of its own with an empty cache and again with a full one, and
 * prints a table in Markdown.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { printedModel } from '../../plugins/checks/index.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import type { Checkout } from './repositories.ts';

/** What is printed of one repository. */
async function measureRepository(root: string): Promise<Counts> {
  const started = performance.now();
  const platform = await loadPlatform({ root });
  const milliseconds = performance.now() - started;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return { ...countsOf(platform), milliseconds, megabytes };
}

/**
 * Every file has one account: used for what the model holds, said in a diagnostic, or no manifest. What has
 * none is in `rest`.
 */
export function accountOf(platform: Platform): Account {
  const { model, rendered, sources } = platform;
  const used = new Set<string>();
  for (const build of rendered.builds.values()) for (const file of build.inputs) used.add(file);
  for (const build of rendered.sourceBuilds.values()) for (const file of build.inputs) used.add(file);
  for (const { origin } of model.resources) {
    used.add(origin.file);
    for (const { file } of origin.via) used.add(file);
  }
  const said = new Set(
    printedModel(platform).diagnostics.flatMap((one) => one.sources.map(({ file }) => file)),
  );
  const account: Account = { used: 0, diagnosed: 0, notManifest: 0, notApplied: 0, rest: [] };
  for (const file of sources.files.values()) {
    if (said.has(file.path)) account.diagnosed += 1;
    else if (used.has(file.path)) account.used += 1;
    else if (['other', 'values', 'chart'].includes(file.role)) account.notManifest += 1;
    else if (file.role === 'manifest' || file.role === 'kustomization') account.notApplied += 1;
    // It cannot be read, and neither its words nor anybody who names it take it for a manifest.
    else if (file.role === 'broken' && !/\bapiVersion\b|\bkind\b/.test(file.text)) account.notManifest += 1;
    else account.rest.push(file.path);
  }
  return account;
}

function countsOf(platform: Platform): Omit<Counts, 'milliseconds' | 'megabytes'> {
  const { model, sources } = platform;
  const forbidden = model.applications.filter(({ permitted }) => permitted.ok === false);
  const open = model.applications.filter(
    ({ permitted, unverified }) => permitted.ok !== false && unverified.length > 0,
  );
  return {
    files: sources.files.size,
    account: accountOf(platform),
    resources: model.resources.length,
    waves: model.resources.filter(({ waveSet }) => waveSet).length,
    applications: model.applications.length,
    forbidden: forbidden.length,
    unverified: open.length,
    permitted: model.applications.length - forbidden.length - open.length,
  };
}

function rowOf(name: string, commit: string, cold: Counts, warm: Counts): string {
  const { account } = cold;
  const cells = [
    `${name} \`${commit}\``,
    `${cold.files} (${account.used}, ${account.notManifest}, ${account.notApplied}, ${account.diagnosed})`,
    cold.applications,
    `${cold.permitted} / ${cold.forbidden} / ${cold.unverified}`,
    `${cold.resources} (${cold.waves})`,
    `${seconds(cold)} / ${seconds(warm)}`,
    `${Math.round(cold.megabytes)} MB`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function seconds({ milliseconds }: Counts): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function inOwnProcess(root: string, cache: string): Counts {
  const script = fileURLToPath(import.meta.url);
  const env = { ...process.env, PLUMBLINE_CACHE: cache };
  const text = execFileSync(process.execPath, [script, root], {
    ...{ env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 },
  });
  return JSON.parse(text) as Counts;
}

/** The table of several checkouts, in their order. */
export function measured(checkouts: Checkout[]): string {
  const lines = [
    '| repository | files (used, no manifest, not applied, in a diagnostic) | applications | permitted / forbidden / unverified | resources (with a wave) | cold / warm | memory |',
    '| --- | --- | --- | --- | --- | --- | --- |',
  ];
  for (const { name, directory, commit } of checkouts) {
    const cache = mkdtempSync(join(tmpdir(), 'plumbline-corpora-'));
    try {
      const cold = inOwnProcess(directory, cache);
      const warm = inOwnProcess(directory, cache);
      lines.push(rowOf(name, commit.slice(0, 7), cold, warm));
      for (const file of cold.account.rest) process.stderr.write(`${name}: ${file} has no account\n`);
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  }
  return `${lines.join('\n')}\n`;
}

interface Account {
  /** Read by an engine, or a resource stands in it. */
  used: number;
  diagnosed: number;
  /** Values, templates, and files that are no YAML or JSON. */
  notManifest: number;
  /** Patches that nothing lists, a tool's own configuration, Components that nothing includes. */
  notApplied: number;
  rest: string[];
}
interface Counts {
  files: number;
  account: Account;
  resources: number;
  waves: number;
  applications: number;
  permitted: number;
  forbidden: number;
  /** Permitted as far as it is known, but not all of what it deploys is. */
  unverified: number;
  milliseconds: number;
  /** The most that the process held; its engines apart. */
  megabytes: number;
}

// Run by name, it measures one repository in its own process.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(JSON.stringify(await measureRepository(process.argv[2] ?? '.')));
