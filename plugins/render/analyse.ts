import { posix } from 'node:path';
import { asText, at, isObject, type JsonObject, type JsonPath, textAt } from '../base/index.ts';
import {
  broughtBy,
  contentElsewhere,
  fileAddress,
  holdsPlaceholder,
  kustomizationNames,
  kustomizationReferences,
  type Place,
  placeholderLines,
  type Reason,
  type Reference,
  type SourceDocument,
  type SourceFile,
  saidOf,
  unverifiedChart,
  unverifiedKustomization,
} from '../source/index.ts';
import { type Analysis, placeIn } from './analysis.ts';
import { firstLine, schemasBelow } from './chart.ts';
import { lockMismatch } from './lock-mismatch.ts';
import { applyOptions } from './options.ts';
import {
  inlinePlugins,
  localCharts,
  packedCharts,
  type Refused,
  refusedCharts,
  refusedInlinePlugins,
  refusedPlugin,
} from './plugins.ts';
import { missingFault, outsideFault } from './reference-faults.ts';
import { fetchedPart } from './remote-parts.ts';
import { isKustomization, leavesRoot, type Repository } from './repository-files.ts';
import { type SettledFile, schemaDigests, settleFile } from './schemas/settle-schemas.ts';

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
  const directory = posix.dirname(file.path);
  const document = withOptions(file.documents[0], options);
  const analysis: Analysis = {
    file,
    directory,
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
  for (const name of kustomizationNames)
    if (repository.file(posix.join(directory, name))) analysis.inputs.add(posix.join(directory, name));
  if (document === undefined) return analysis;
  for (const reference of kustomizationReferences(document.value)) {
    if (reference.use === 'plugin') takePlugin(reference, document, analysis, repository);
    else take(reference, document, analysis, repository);
  }
  for (const { path, ...refused } of refusedInlinePlugins(document.value))
    leaveOut(analysis, document, path, refused);
  // What kustomize's own plugins name is read like anything else, or not at all.
  for (const { path, value } of inlinePlugins(document.value))
    for (const inner of kustomizationReferences(value))
      take({ ...inner, path }, document, analysis, repository);
  for (const { path, ...refused } of refusedCharts(document.value, directory, repository))
    leaveOut(analysis, document, path, refused);
  for (const packed of packedCharts(document.value, directory, repository)) {
    const path = ['helmCharts', packed.index];
    const place = placeIn(document, path);
    const { found, bytes } = repository.store.read(packed.chart);
    const { chart: name, version } = packed.chart;
    if (bytes !== null) {
      const settled = settleFile('chart.tgz', bytes, repository.store);
      if (settled.isUnreadable) {
        leaveOut(analysis, document, path, unverifiedChart({ name, version }, settled.unknown ?? '', null));
        continue;
      }
      analysis.charts = true;
      analysis.packed.push({ ...packed, place });
      takeSchemas(analysis, `schema of the chart ${name} ${version}`, settled, place);
      continue;
    }
    leaveOut(analysis, document, path, unverifiedChart({ name, version }, contentElsewhere(found), null));
    if (found !== null) analysis.diagnostics.push(lockMismatch(packed.chart, found, place));
  }
  for (const { index, folder } of localCharts(document.value, directory, repository)) {
    analysis.charts = true;
    const place = placeIn(document, ['helmCharts', index]);
    takeSchemas(analysis, `schema of the chart at ${folder}`, schemasBelow(repository, folder), place);
    for (const path of repository.filesBelow(folder)) {
      analysis.inputs.add(path);
      analysis.chartFiles.add(path);
    }
  }
  if (analysis.rewrites.length > 0) {
    analysis.value = structuredClone(analysis.value);
    rewriteAll(analysis.value, analysis.rewrites);
  }
  if (repository.treeOf(directory) !== undefined) forgive(analysis);
  return analysis;
}

/** kustomize has Helm fetch what a schema refers to: of what is not here Helm is not asked. */
function takeSchemas(
  analysis: Analysis,
  what: string,
  { unknown, schemas }: Pick<SettledFile, 'unknown' | 'schemas'>,
  origin: Place,
): void {
  analysis.schemas.push(...schemaDigests(schemas));
  if (unknown !== null) analysis.unverified.push({ kind: 'schema', what, ...unknown, origin });
}

/** Writes other texts in the places of some. */
export function rewriteAll(value: JsonObject, rewrites: Analysis['rewrites']): void {
  for (const { path, to } of rewrites) {
    const holder = at(value, ...path.slice(0, -1));
    const last = path.at(-1);
    if (Array.isArray(holder) && typeof last === 'number') holder[last] = to;
    else if (isObject(holder) && typeof last === 'string') holder[last] = to;
  }
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

function withOptions(
  document: SourceDocument | undefined,
  options: JsonObject | null,
): SourceDocument | undefined {
  if (document === undefined || options === null) return document;
  const value = structuredClone(document.value);
  applyOptions(value, options);
  return { ...document, value };
}

function take(
  reference: Reference,
  document: SourceDocument,
  analysis: Analysis,
  repository: Repository,
): void {
  const { use, target, path } = reference;
  const nested = use === 'resource' || use === 'component';
  const written = target.startsWith('/')
    ? target
    : posix.join(analysis.directory, target).replace(/(.)\/$/, '$1');
  const part = repository.file(written) ? null : fetchedPart(target, analysis.directory, nested, repository);
  if (part !== null && 'why' in part && use === 'values') {
    leaveOutChart(reference, part, document, analysis);
    return;
  }
  if (part !== null && 'why' in part) {
    const name = use === 'component' ? 'remote component' : nested ? 'remote base' : 'remote file';
    const what = `${name} ${fileAddress(target)}`;
    leaveOut(analysis, document, path, { kind: nested ? 'base' : 'file', what, ...part });
    return;
  }
  const resolved = part === null ? written : 'file' in part ? part.file : part.directory;
  if (part !== null && !rewrite(reference, resolved, document, analysis)) {
    const why = 'it is named where no other path can be written';
    leaveOut(analysis, document, path, { kind: 'file', what: `what lies at ${target}`, why });
    return;
  }
  if (part !== null && 'file' in part) analysis.borrowed.push({ ...part, path });
  if (part === null && /^[a-z][a-z0-9+.-]*:\/\//i.test(target)) {
    if (use === 'values') {
      leaveOutChart(reference, { why: 'it is fetched from the network' }, document, analysis);
      return;
    }
    const what = `remote file ${target}`;
    leaveOut(analysis, document, path, { kind: 'file', what, why: 'it is fetched from the network' });
    return;
  }
  if (part === null && holdsPlaceholder(target) && !repository.exists(resolved)) {
    const what = `\`${target}\` of \`${analysis.file.path}\``;
    leaveOut(analysis, document, path, { kind: 'file', what, why: 'a set-up fills its name in' });
    return;
  }
  const tree = repository.treeOf(analysis.directory)?.tree;
  const isOutside = part === null && repository.treeOf(resolved)?.tree !== tree;
  const found = isOutside ? undefined : repository.file(resolved);
  if (found !== undefined) {
    // What is not YAML has been reported at its own place; kustomize would refuse the whole build for it.
    if (found.role === 'broken' && (use === 'resource' || use === 'patch')) {
      analysis.incomplete = true;
      analysis.broken.push(resolved);
      analysis.removals.push(removalOf(path));
    } else if (use === 'values' || repository.unrestricted || isBelow(resolved, analysis.directory)) {
      analysis.inputs.add(resolved);
      if (use === 'values') analysis.chartFiles.add(resolved);
      const names = use === 'resource' || use === 'patch' ? placeholderLines(found.text)?.names : undefined;
      for (const name of names ?? []) {
        const why = `a set-up fills it in; what is shown is \`${resolved}\` without it`;
        analysis.unverified.push({
          kind: 'file',
          what: `placeholder ${name}`,
          why,
          origin: firstLine(resolved),
        });
      }
    } else {
      analysis.incomplete = true;
      analysis.removals.push(removalOf(path));
      analysis.diagnostics.push(outsideFault(reference, resolved, document, analysis));
    }
    return;
  }
  const folder = !isOutside && repository.isDirectory(resolved);
  const kustomization = nested && folder ? repository.kustomizationIn(resolved) : undefined;
  if (kustomization?.role === 'broken') {
    analysis.incomplete = true;
    leaveOut(analysis, document, path, unverifiedKustomization(resolved, 'it is not valid YAML', null));
    return;
  }
  if (kustomization !== undefined) {
    // Kustomize's own are copied by their own analysis; another kind of the same name, so that the engine can
    // say what it is.
    if (!isKustomization(kustomization)) analysis.inputs.add(kustomization.path);
    (use === 'component' ? analysis.components : analysis.includes).push({ directory: resolved, path });
    return;
  }
  if (tree !== undefined) {
    const what = `\`${target}\` of \`${analysis.file.path}\``;
    const why = 'it is not in what was taken of that repository';
    leaveOut(analysis, document, path, { kind: 'file', what, why });
    return;
  }
  // Helm says of a values file that is missing what it says; one that lies beyond the root is not for it.
  if (use !== 'values') analysis.removals.push(removalOf(path));
  else if (leavesRoot(resolved)) analysis.removals.push(path.slice(0, 2));
  const fault = missingFault(reference, resolved, document, analysis, repository, folder);
  analysis.incomplete = true;
  analysis.diagnostics.push(fault);
  analysis.missing.push({
    fault,
    directory: analysis.directory,
    path: resolved,
    origin: placeIn(document, path),
  });
}

/** Notes the path that stands for an address; false where the address is not what is written there. */
function rewrite(
  { target, path, use }: Reference,
  resolved: string,
  document: SourceDocument,
  analysis: Analysis,
): boolean {
  const text = at(document.value, ...path);
  const relative = posix.relative(analysis.directory, resolved);
  const to = relative.startsWith('.') ? relative : `./${relative}`;
  if (text === target) {
    // A file without a name of its own has that of its address.
    const isNamed = (use === 'data' || use === 'secret') && path.at(-2) === 'files';
    analysis.rewrites.push({ path, to: isNamed ? `${posix.basename(target)}=${to}` : to });
    return true;
  }
  if (typeof text !== 'string' || !text.endsWith(`=${target}`)) return false;
  analysis.rewrites.push({ path, to: `${text.slice(0, -target.length)}${to}` });
  return true;
}

function isBelow(path: string, directory: string): boolean {
  return directory === '.' ? !leavesRoot(path) : path.startsWith(`${directory}/`);
}

/**
 * A patch's or a replacement's `path` is one field of an entry: without it the whole entry means nothing, and
 * kustomize refuses it.
 */
function removalOf(path: JsonPath): JsonPath {
  return path.at(-1) === 'path' ? path.slice(0, -1) : path;
}

/**
 * Plugins of other groups are programs or containers; of kustomize's own, the chart inflator needs Helm and a
 * network.
 */
function takePlugin(
  reference: Reference,
  document: SourceDocument,
  analysis: Analysis,
  repository: Repository,
): void {
  const { path, target } = reference;
  const resolved = posix.join(analysis.directory, target);
  const refused = refusedPlugin(reference, resolved, repository);
  const file = repository.file(resolved);
  if (refused !== undefined) {
    leaveOut(analysis, document, path, refused);
    return;
  }
  if (file === undefined) {
    take(reference, document, analysis, repository);
    return;
  }
  analysis.inputs.add(resolved);
  for (const { value } of file.documents)
    for (const inner of kustomizationReferences(value))
      take({ ...inner, path }, document, analysis, repository);
}

/** A chart without values that lie elsewhere would be another one. */
function leaveOutChart(
  { target, path }: Reference,
  reason: Reason,
  document: SourceDocument,
  analysis: Analysis,
): void {
  const entry = path.slice(0, 2);
  const chart = at(document.value, ...entry) ?? null;
  const version = at(chart, 'version');
  const named = {
    name: textAt(chart, 'name') ?? null,
    version: version === undefined ? null : asText(version),
  };
  const of = saidOf(`its value file ${fileAddress(target)} is not here`, reason);
  leaveOut(analysis, document, entry, unverifiedChart(named, of, null));
}

function leaveOut(analysis: Analysis, document: SourceDocument, path: JsonPath, refused: Refused): void {
  analysis.removals.push(removalOf(path));
  analysis.unverified.push({ ...refused, origin: placeIn(document, path) });
}
