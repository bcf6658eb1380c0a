/** Two platforms with their pages → what the one does to the other. */
import { compareText } from '../../base/index.ts';
import type { Diagnostic } from '../../checks/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Engine } from '../engine.ts';
import type { PageReport } from '../judge-page.ts';
import type { Report } from '../report-types.ts';
import { comparePages, mentionsOn } from './compare-pages.ts';
import { compareResources } from './compare-resources.ts';
import type { Change, ChangedFile, PlatformDiff } from './types.ts';
import { unreadChanges } from './unread-changes.ts';

/**
 * Pure, but for the places of fields, which are read from the files. Nothing that both sides have alike is
 * told, and swapping them swaps what is told.
 */
export function compareSides(base: Side, head: Side): PlatformDiff {
  const [before, after] = [base.engine.platform, head.engine.platform];
  const changes = compareResources(before, after);
  const files = [...changedFiles(before, after), ...changedPages(base.pages, head.pages)];
  const mentions = merged(
    mentionsOn(base.pages, mentioned(changes, before, 'base'), base.engine),
    mentionsOn(head.pages, mentioned(changes, after, 'head'), head.engine),
  );
  return {
    version: 1,
    base: base.revision,
    head: head.revision,
    files: files.sort((a, b) => compareText(a.file, b.file)),
    faults: {
      new: without(head.report.diagnostics, base.report.diagnostics),
      mended: without(base.report.diagnostics, head.report.diagnostics),
    },
    changes,
    pages: comparePages(base.pages, head.pages, mentions),
    unverified: unreadChanges(before, after),
  };
}

function changedFiles(base: Platform, head: Platform): ChangedFile[] {
  const [before, after] = [base.sources.files, head.sources.files];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((file): ChangedFile[] => {
    const [was, is] = [before.get(file)?.hash, after.get(file)?.hash];
    return was === is
      ? []
      : [{ file, action: was === undefined ? 'added' : is === undefined ? 'gone' : 'changed' }];
  });
}

function changedPages(base: PageReport[], head: PageReport[]): ChangedFile[] {
  const [before, after] = [base, head].map((pages) => new Map(pages.map(({ file, hash }) => [file, hash])));
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].flatMap(
    (file): ChangedFile[] => {
      const [was, is] = [before?.get(file), after?.get(file)];
      return was === is
        ? []
        : [{ file, action: was === undefined ? 'added' : is === undefined ? 'gone' : 'changed' }];
    },
  );
}

/** By their fingerprints, which lines do not change. */
function without(diagnostics: Diagnostic[], known: Diagnostic[]): Diagnostic[] {
  const fingerprints = new Set(known.map(({ fingerprint }) => fingerprint));
  const rank = { error: 0, warning: 1, info: 2 };
  return diagnostics
    .filter(({ fingerprint }) => !fingerprints.has(fingerprint))
    .sort((a, b) => rank[a.severity] - rank[b.severity]);
}

function mentioned(changes: Change[], platform: Platform, name: 'base' | 'head') {
  return changes
    .filter(({ action, head }) => (name === 'head' ? action !== 'added' : head === null))
    .slice(0, maxMentioned)
    .flatMap((change) => {
      const resource = change[name] === null ? undefined : platform.resource(change[name].id);
      return resource === undefined ? [] : [{ resource, reference: change.reference }];
    });
}

function merged(...maps: Map<string, string[]>[]): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const map of maps)
    for (const [file, references] of map)
      all.set(file, [...new Set([...(all.get(file) ?? []), ...references])].sort(compareText));
  return all;
}

/** Resources that pages are searched for. */
const maxMentioned = 500;

export interface Side {
  revision: PlatformDiff['base'];
  engine: Engine;
  pages: PageReport[];
  report: Report;
}
