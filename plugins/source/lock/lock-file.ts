import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument, stringify } from 'yaml';
import { compareText, entryAt, isInside, isUnder, realOf } from '../../base/index.ts';
import { ConfigError } from '../config/config-error.ts';
import { configFaults, faultLine } from '../config/config-faults.ts';
import type { Place } from '../diagnostic.ts';
import { broughtBy, type Reason } from '../unverified.ts';
import { lockSchema } from './lock-schema.ts';

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
      'Restore it from Git; or delete it, and `plumbline fetch` writes it anew, with what is found now.',
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
    return fail(`is wrong:\n${faults.map(faultLine).join('\n')}`);
  }
  const { vendor, charts = [], repositories = [], artifacts = [], files = [] } = parsed.data;
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
    trees: [
      ...repositories.map(
        ({ asked, tagPrefix, ...tree }, index): LockedTree => ({
          ...{ ...tree, asked: asked ?? null },
          ...(tagPrefix === undefined ? {} : { tagPrefix }),
          place: placeOf('repositories', index),
        }),
      ),
      ...artifacts.map(
        ({ artifact, asked, layer, digest, sha256 }, index): LockedTree => ({
          repository: artifact,
          asked,
          ...(layer === undefined ? {} : { layer }),
          commit: digest.slice('sha256:'.length),
          paths: ['.'],
          sha256,
          place: placeOf('artifacts', index),
        }),
      ),
    ],
    files: files.map((file, index): LockedFile => ({ ...file, place: placeOf('files', index) })),
  };
}

/** The text of a lock: sorted, so that it reads well in a diff. */
export function writeLock({ vendor, charts, trees, files }: Lock): string {
  const sorted = [...charts].sort((a, b) => compareText(keyOfChart(a), keyOfChart(b)));
  const sortedTrees = [...trees].sort((a, b) => compareText(keyOfTree(a), keyOfTree(b)));
  const repositories = sortedTrees
    .filter((tree) => !isArtifact(tree))
    .map(({ repository, asked, tagPrefix, commit, paths, sha256 }) => ({
      repository,
      ...(asked === null ? {} : { asked }),
      ...(tagPrefix === undefined ? {} : { tagPrefix }),
      commit,
      paths: [...paths].sort(compareText),
      sha256,
    }));
  const artifacts = sortedTrees.filter(isArtifact).map(({ repository, asked, layer, commit, sha256 }) => ({
    artifact: repository,
    asked,
    ...(layer === undefined ? {} : { layer }),
    digest: `sha256:${commit}`,
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
    ...(artifacts.length > 0 ? { artifacts } : {}),
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
export function keyOfTree({ repository, asked, layer, tagPrefix }: TreeQuestion): string {
  // An artifact has layers, a Git repository tags.
  const more = layer ?? tagPrefix;
  return [repository, asked ?? '', ...(more === undefined ? [] : [more])].join('\n');
}

/** What of it is the question, whichever paths it is asked for. */
export function questionOf({ repository, asked, layer, tagPrefix }: TreeQuestion): TreeQuestion {
  return {
    ...{ repository, asked },
    ...(layer === undefined ? {} : { layer }),
    ...(tagPrefix === undefined ? {} : { tagPrefix }),
  };
}

/** As a person would name what is asked for: `component/1.0.*`. */
export function revisionWords({ asked, tagPrefix }: Pick<AskedTree, 'asked' | 'tagPrefix'>): string | null {
  return asked === null ? null : `${tagPrefix ?? ''}${asked}`;
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
 * What is said of a chart that was not fetched. Nothing is asked for at an address that only a plugin of Helm
 * (a program) or the set-up of somebody's Helm knows.
 * @param address with its scheme.
 */
export function chartElsewhere(address: string): Reason {
  return /^(?:https?|oci):\/\/[^/]/i.test(address)
    ? broughtBy('fetch')
    : { why: 'that is no address over HTTP and no registry, and nothing is asked for there' };
}

/**
 * What is said of something that is locked, and not here.
 * @param found the digest of what lies in its place; null where nothing does.
 */
export function contentElsewhere(found: string | null): Reason {
  return found === null
    ? broughtBy('fetch --locked')
    : { why: 'what lies in its place is not what `plumbline.lock` says' };
}

/** Whether what was taken is an OCI artifact, and no part of a Git repository. */
export function isArtifact({ repository }: Pick<AskedTree, 'repository'>): boolean {
  return repository.startsWith('oci://');
}

/** The address of an OCI artifact without a tag, whoever asks and slashes at its end; null for any other. */
export function artifactAddress(url: string): string | null {
  const address = repositoryAddress(url);
  const path = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*';
  return new RegExp(`^oci://[\\w.[\\]:-]+(/${path})+$`).test(address) ? address : null;
}

function isRanged(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

const largest = 4 * 2 ** 20;

export interface Lock {
  /** Folder of the repository that holds the content, relative to the root; null for the user's store. */
  vendor: string | null;
  charts: LockedChart[];
  /** What was taken of Git repositories, and OCI artifacts. */
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

type TreeQuestion = Omit<AskedTree, 'paths'>;

export interface AskedTree {
  /** As `gitAddress` gives it, or `artifactAddress`. */
  repository: string;
  /** Branch, tag, range of tags, commit or digest; null for the branch that is the default. */
  asked: string | null;
  /** Of an artifact that Flux takes: `first` for its first layer, else the first of this media type. */
  layer?: string;
  /** Of a Git repository: what tags begin with that count, before the version that the range is of. */
  tagPrefix?: string;
  /** Folders and files of it, relative to its root; `.` for all. */
  paths: string[];
}

export interface LockedTree extends AskedTree {
  /** Commit that was found; of an artifact the SHA-256 of its manifest, hex. */
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
