import { posix } from 'node:path';
import type { JsonObject } from '../../base/index.ts';
import {
  broughtBy,
  kustomizationNames,
  kustomizationReferences,
  type SourceDocument,
  type SourceFile,
  saidOf,
} from '../../source/index.ts';
import type { Repository } from '../repository-files.ts';
import type { Analysis } from './analysis.ts';
import { leaveOut } from './leave-out.ts';
import { applyOptions } from './options.ts';
import { inlinePlugins, refusedInlinePlugins } from './plugins.ts';
import { rewriteAll } from './rewrites.ts';
import { takeCharts } from './take-charts.ts';
import { takeNamed, takeReference } from './take-reference.ts';

/**
 * What one kustomization needs, by itself: the files that it names, the folders that it includes, and what
 * has to be taken out of a copy before an engine may see it, because it is remote, would run something, is
 * missing or cannot be read.
 */
export function analyse(
  file: SourceFile,
  repository: Repository,
  options: JsonObject | null = null,
): Analysis {
  const document = withOptions(file.documents[0], options);
  const analysis = nothingOf(file, document, options);
  const { directory } = analysis;
  for (const name of kustomizationNames)
    if (repository.file(posix.join(directory, name))) analysis.inputs.add(posix.join(directory, name));
  if (document === undefined) return analysis;
  const reading = { document, analysis, repository };
  for (const reference of kustomizationReferences(document.value)) takeReference(reference, reading);
  for (const { path, ...refused } of refusedInlinePlugins(document.value)) leaveOut(path, refused, reading);
  // What kustomize's own plugins name is read like anything else, or not at all.
  for (const { path, value } of inlinePlugins(document.value))
    for (const inner of kustomizationReferences(value)) takeNamed({ ...inner, path }, reading);
  takeCharts(reading);
  if (analysis.rewrites.length > 0) {
    analysis.value = structuredClone(analysis.value);
    rewriteAll(analysis.value, analysis.rewrites);
  }
  if (repository.treeOf(directory) !== undefined) forgive(analysis);
  return analysis;
}

function nothingOf(
  file: SourceFile,
  document: SourceDocument | undefined,
  options: JsonObject | null,
): Analysis {
  return {
    file,
    directory: posix.dirname(file.path),
    value: document?.value ?? {},
    options,
    generated: null,
    charts: false,
    chartFiles: new Set(),
    packed: [],
    schemas: [],
    inputs: new Set([file.path]),
    includes: [],
    components: [],
    removals: [],
    rewrites: [],
    borrowed: [],
    unverified: [],
    diagnostics: [],
    missing: [],
    incomplete: false,
    broken: [],
  };
}

function withOptions(
  document: SourceDocument | undefined,
  options: JsonObject | null,
): SourceDocument | undefined {
  if (document === undefined || options === null) return document;
  const value = structuredClone(document.value);
  applyOptions(value, options);
  return { ...document, value };
}

/** What is wrong with another repository's is nobody's fault here: it is only not known. */
function forgive(analysis: Analysis): void {
  for (const {
    message,
    sources: [origin],
  } of analysis.diagnostics)
    analysis.unverified.push({
      kind: 'file',
      what: `a part of \`${analysis.directory}\``,
      ...saidOf(`${message}; where it is there`, broughtBy('fetch')),
      origin: origin ?? null,
    });
  analysis.diagnostics = [];
  analysis.missing = [];
  analysis.incomplete = false;
}
