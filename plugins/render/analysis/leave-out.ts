import { asText, at, type JsonPath, textAt } from '../../base/index.ts';
import {
  fileAddress,
  type Reason,
  type Reference,
  type SourceDocument,
  saidOf,
  unverifiedChart,
} from '../../source/index.ts';
import type { Repository } from '../repository-files.ts';
import { type Analysis, placeIn } from './analysis.ts';
import type { Refused } from './plugins.ts';

/** Takes an entry out of the copy, and says why it is not known. */
export function leaveOut(path: JsonPath, refused: Refused, { document, analysis }: Reading): void {
  analysis.removals.push(removalOf(path));
  analysis.unverified.push({ ...refused, origin: placeIn(document, path) });
}

/** A chart without values that lie elsewhere would be another one. */
export function leaveOutChart({ target, path }: Reference, reason: Reason, reading: Reading): void {
  const entry = path.slice(0, 2);
  const chart = at(reading.document.value, ...entry) ?? null;
  const version = at(chart, 'version');
  const named = {
    name: textAt(chart, 'name') ?? null,
    version: version === undefined ? null : asText(version),
  };
  const of = saidOf(`its value file ${fileAddress(target)} is not here`, reason);
  leaveOut(entry, unverifiedChart(named, of, null), reading);
}

/**
 * A patch's or a replacement's `path` is one field of an entry: without it the whole entry means nothing, and
 * kustomize refuses it.
 */
export function removalOf(path: JsonPath): JsonPath {
  return path.at(-1) === 'path' ? path.slice(0, -1) : path;
}

/** A kustomization as it is analysed. */
export interface Reading {
  document: SourceDocument;
  analysis: Analysis;
  repository: Repository;
}
