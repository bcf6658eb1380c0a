import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { compareText, entryAt, isInside, realOf } from '../../base/index.ts';
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
  const { vendor, charts = [] } = parsed.data;
  return {
    vendor: vendor ?? null,
    charts: charts.map((chart, index): LockedChart => {
      const node = document.getIn(['charts', index], true);
      const offset = isRanged(node) ? node.range[0] : 0;
      const { line, col } = lines.linePos(offset);
      const place = { file: lockName, line, column: col, endLine: line, endColumn: col + 1 };
      return { ...chart, asked: chart.asked ?? null, place };
    }),
  };
}

/** The text of a lock: sorted, so that it reads well in a diff. */
export function writeLock({ vendor, charts }: Lock): string {
  const sorted = [...charts].sort((a, b) => compareText(keyOfChart(a), keyOfChart(b)));
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
  };
  return `# Written by \`plumbline fetch\`: what lies across a network, as it was found. Commit this file.\n${stringify(value, { lineWidth: 0 })}`;
}

/** The same for the same question. */
export function keyOfChart({ repository, chart, asked }: AskedChart): string {
  return [repository, chart, asked ?? ''].join('\n');
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

function isRanged(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

const line = z.string().min(1).max(2000);
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
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .describe('Of the packed chart.'),
      }),
    )
    .optional(),
});
const largest = 4 * 2 ** 20;

export interface Lock {
  /** Folder of the repository that holds the content, relative to the root; null for the user's store. */
  vendor: string | null;
  charts: LockedChart[];
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
