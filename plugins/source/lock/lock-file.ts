import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { compareText, entryAt, isInside, isUnder, realOf } from '../../base/index.ts';
import { ConfigError } from '../config.ts';
import { configFaults } from '../config-faults.ts';
import type { Place } from '../diagnostic.ts';

/** Of the file that says what lies across a network, as it was found; at the root, and committed. */
export const lockName = 'plumbline.lock';

/**
 * What `plumbline.lock` says; null where there is none.
 * @throws ConfigError where it cannot be read: nothing that it locks could be trusted (exit code 2).
 */
export function readLock(root: string): Lock | null {
  const path = join(root, lockName);
  const entry = entryAt(path);
  if (entry === undefined) return null;
  const fail = (why: string): never => {
    throw new ConfigError(
      `\`${lockName}\` ${why}`,
      'Restore it from Git, or write it anew: `plumbline fetch`.',
    );
  };
  if (!entry.isFile() || !isInside(realOf(root), realOf(path))) return fail('is no file of the repository');
  if (entry.size > largest) return fail(`is larger than ${largest / 2 ** 20} MiB`);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), {
    logLevel: 'silent',
    prettyErrors: false,
    lineCounter: lines,
  });
  const [error] = document.errors;
  if (error !== undefined)
    return fail(`is not YAML: ${error.message.trim()} at line ${lines.linePos(error.pos[0]).line}`);
  const parsed = lockSchema.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (!parsed.success) {
    const faults = configFaults(parsed.error.issues, document, lines, lockSchema);
    return fail(`is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
  const { vendor, charts = [], repositories = [], files = [] } = parsed.data;
  const placeOf = (...path: (string | number)[]): Place => {
    const node = document.getIn(path, true);
    const { line, col } = lines.linePos(isRanged(node) ? node.range[0] : 0);
    return { file: lockName, line, column: col, endLine: line, endColumn: col + 1 };
  };
  return {
    vendor: vendor ?? null,
    charts: charts.map(
      (chart, index): LockedChart => ({
        ...chart,
        asked: chart.asked ?? null,
        place: placeOf('charts', index),
      }),
    ),
    trees: repositories.map(
      (tree, index): LockedTree => ({
        ...tree,
        asked: tree.asked ?? null,
        place: placeOf('repositories', index),
      }),
    ),
    files: files.map((file, index): LockedFile => ({ ...file, place: placeOf('files', index) })),
  };
}

/** The text of a lock: sorted, so that it reads well in a diff. */
export function writeLock({ vendor, charts, trees, files }: Lock): string {
  const sorted = [...charts].sort((a, b) => compareText(keyOfChart(a), keyOfChart(b)));
  const repositories = [...trees]
    .sort((a, b) => compareText(keyOfTree(a), keyOfTree(b)))
    .map(({ repository, asked, commit, paths, sha256 }) => ({
      repository,
      ...(asked === null ? {} : { asked }),
      commit,
      paths: [...paths].sort(compareText),
      sha256,
    }));
  const single = [...files]
    .sort((a, b) => compareText(a.url, b.url))
    .map(({ url, sha256 }) => ({ url, sha256 }));
  const value = {
    version: 1,
    ...(vendor === null ? {} : { vendor }),
    charts: sorted.map(({ repository, chart, asked, version, sha256 }) => ({
      repository,
      chart,
      ...(asked === null ? {} : { asked }),
      version,
      sha256,
    })),
    ...(repositories.length > 0 ? { repositories } : {}),
    ...(single.length > 0 ? { files: single } : {}),
  };
  return `# Written by \`plumbline fetch\`: what lies across a network, as it was found. Commit this file.\n${stringify(value, { lineWidth: 0 })}`;
}

/** Of a repository that has none. */
export const emptyLock: Lock = { vendor: null, charts: [], trees: [], files: [] };

/** The same for the same question. */
export function keyOfChart({ repository, chart, asked }: AskedChart): string {
  return [repository, chart, asked ?? ''].join('\n');
}

/** The same for the same question, whichever paths it is asked for. */
export function keyOfTree({ repository, asked }: Pick<AskedTree, 'repository' | 'asked'>): string {
  return [repository, asked ?? ''].join('\n');
}

/** True where one of the paths is the other or a folder above it. */
export function coversPath(paths: readonly string[], path: string): boolean {
  return paths.some((one) => one === '.' || isUnder(one, path));
}

/**
 * The address of a repository of charts as it is compared and shown: without its last slashes, and without
 * whoever asks. An address without a scheme is a registry's, as Argo CD takes it (`IsHelmOciRepo`).
 */
export function repositoryAddress(url: string): string {
  const written = url.trim().replace(/\/+$/, '');
  const bare = written.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(bare) || bare === '' ? bare : `oci://${bare}`;
}

/**
 * The chart that a whole OCI artifact is, as an Application asks for it by a `path` instead of a `chart`;
 * null for any other source, and for one that names no tag: a digest is none of Helm's versions. Whether
 * the artifact is a chart only its registry knows. Source: Argo CD's `util/oci`.
 */
export function artifactChart({ repoURL, path, chart, targetRevision }: ArtifactSource): AskedChart | null {
  const [, registry, name] = /^(oci:\/\/.+)\/([\w.-]+)\/*$/.exec(repositoryAddress(repoURL)) ?? [];
  if (registry === undefined || name === undefined || chart !== null) return null;
  if (!repoURL.startsWith('oci://') || !/^\.?\/*$/.test(path ?? ' ') || path === '') return null;
  if (targetRevision === null || targetRevision === '' || targetRevision.startsWith('sha256:')) return null;
  return { repository: registry, chart: name, asked: targetRevision };
}

function isRanged(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

const line = z.string().min(1).max(2000);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const lockSchema = z.strictObject({
  version: z.literal(1).describe('Of the form of this file.'),
  vendor: line.optional().describe('Folder of the repository that holds the content.'),
  charts: z
    .array(
      z.strictObject({
        repository: line.describe('Address of the repository of charts.'),
        chart: line.describe('Name of the chart in it.'),
        asked: line.optional().describe('Version or range that the manifests ask for.'),
        version: line.describe('Version that was found.'),
        sha256: sha256.describe('Of the packed chart.'),
      }),
    )
    .optional(),
  repositories: z
    .array(
      z.strictObject({
        repository: line.describe('Address of a Git repository.'),
        asked: line.optional().describe('Branch, tag, range of tags or commit that the manifests ask for.'),
        commit: z
          .string()
          .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)
          .describe('Commit that was found.'),
        paths: z
          .array(line.regex(/^(?!\.?\.?\/|\/)(?!.*(^|\/)\.\.(\/|$))/, 'is no path below the repository'))
          .describe('Folders and files that were taken of it.'),
        sha256: sha256.describe('Of what was taken.'),
      }),
    )
    .optional(),
  files: z
    .array(
      z.strictObject({
        url: line.describe('Address of the file.'),
        sha256: sha256.describe('Of its bytes.'),
      }),
    )
    .optional(),
});
const largest = 4 * 2 ** 20;

export interface Lock {
  /** Folder of the repository that holds the content, relative to the root; null for the user's store. */
  vendor: string | null;
  charts: LockedChart[];
  /** What was taken of Git repositories. */
  trees: LockedTree[];
  /** What lies at an address of its own. */
  files: LockedFile[];
}

export interface AskedChart {
  /** As `repositoryAddress` gives it. */
  repository: string;
  chart: string;
  /** Version or range; null for the newest. */
  asked: string | null;
}

export interface LockedChart extends AskedChart {
  version: string;
  /** SHA-256 of the packed chart, hex. */
  sha256: string;
  /** In the lock. */
  place: Place;
}

export interface AskedTree {
  /** As `gitAddress` gives it. */
  repository: string;
  /** Branch, tag, range of tags or commit; null for the branch that is the default. */
  asked: string | null;
  /** Folders and files of it, relative to its root; `.` for all. */
  paths: string[];
}

export interface LockedTree extends AskedTree {
  /** Commit that was found. */
  commit: string;
  /** Of the files that were taken, as `treeDigest` gives it. */
  sha256: string;
  /** In the lock. */
  place: Place;
}

export interface LockedFile {
  url: string;
  sha256: string;
  /** In the lock. */
  place: Place;
}

/** Of a source of an Application. */
interface ArtifactSource {
  repoURL: string;
  path: string | null;
  chart: string | null;
  targetRevision: string | null;
}
