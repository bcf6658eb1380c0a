import { posix } from 'node:path';
import {
  fileAddress,
  holdsPlaceholder,
  kustomizationReferences,
  placeholderLines,
  type Reference,
  type SourceFile,
  unverifiedKustomization,
} from '../../source/index.ts';
import { firstLine } from '../helm/chart.ts';
import { isKustomization, leavesRoot } from '../repository-files.ts';
import { placeIn } from './analysis.ts';
import { leaveOut, leaveOutChart, type Reading, removalOf } from './leave-out.ts';
import { refusedPlugin } from './plugins.ts';
import { missingFault, outsideFault } from './reference-faults.ts';
import { fetchedPart } from './remote-parts.ts';
import { noteRewrite } from './rewrites.ts';

/**
 * Takes up what a kustomization names. Plugins of other groups than kustomize's own are programs or
 * containers; of its own, the chart inflator needs Helm and a network.
 */
export function takeReference(reference: Reference, reading: Reading): void {
  const { analysis, repository } = reading;
  const { path, target, use } = reference;
  const resolved = posix.join(analysis.directory, target);
  const refused = use === 'plugin' ? refusedPlugin(reference, resolved, repository) : undefined;
  const file = use === 'plugin' ? repository.file(resolved) : undefined;
  if (refused !== undefined) leaveOut(path, refused, reading);
  else if (file === undefined) takeNamed(reference, reading);
  else {
    analysis.inputs.add(resolved);
    for (const { value } of file.documents)
      for (const inner of kustomizationReferences(value)) takeNamed({ ...inner, path }, reading);
  }
}

/** Takes up a file or a folder: as an input, as a kustomization that is included, or as what is not there. */
export function takeNamed(reference: Reference, reading: Reading): void {
  const { analysis, repository } = reading;
  const named = pathOf(reference, reading);
  if (named === null) return;
  const { path, isFetched } = named;
  const tree = repository.treeOf(analysis.directory)?.tree;
  const isOutside = !isFetched && repository.treeOf(path)?.tree !== tree;
  const file = isOutside ? undefined : repository.file(path);
  const isFolder = file === undefined && !isOutside && repository.isDirectory(path);
  if (file !== undefined) takeFile(file, path, reference, reading);
  else if (isFolder && takeFolder(path, reference, reading)) return;
  else if (tree === undefined) takeMissing(path, isFolder, reference, reading);
  else {
    const what = `\`${reference.target}\` of \`${analysis.file.path}\``;
    const why = 'it is not in what was taken of that repository';
    leaveOut(reference.path, { kind: 'file', what, why }, reading);
  }
}

/** Where what is named lies, in the repository or in what was fetched; null where it is left out. */
function pathOf(reference: Reference, reading: Reading): { path: string; isFetched: boolean } | null {
  const { analysis, repository } = reading;
  const { use, target, path } = reference;
  const nested = isNested(reference);
  const written = target.startsWith('/')
    ? target
    : posix.join(analysis.directory, target).replace(/(.)\/$/, '$1');
  const part = repository.file(written) ? null : fetchedPart(target, analysis.directory, nested, repository);
  if (part === null)
    return isKeptOut(written, reference, reading) ? null : { path: written, isFetched: false };
  if ('why' in part) {
    const name = use === 'component' ? 'remote component' : nested ? 'remote base' : 'remote file';
    const what = `${name} ${fileAddress(target)}`;
    if (use === 'values') leaveOutChart(reference, part, reading);
    else leaveOut(path, { kind: nested ? 'base' : 'file', what, ...part }, reading);
    return null;
  }
  const resolved = 'file' in part ? part.file : part.directory;
  if (!noteRewrite(reference, resolved, reading)) {
    const why = 'it is named where no other path can be written';
    leaveOut(path, { kind: 'file', what: `what lies at ${target}`, why }, reading);
    return null;
  }
  if ('file' in part) analysis.borrowed.push({ ...part, path });
  return { path: resolved, isFetched: true };
}

/** Leaves out what is no path of the repository: another address, or one that a set-up fills in. */
function isKeptOut(written: string, reference: Reference, reading: Reading): boolean {
  const { use, target, path } = reference;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) {
    const why = 'it is fetched from the network';
    if (use === 'values') leaveOutChart(reference, { why }, reading);
    else leaveOut(path, { kind: 'file', what: `remote file ${target}`, why }, reading);
    return true;
  }
  if (!holdsPlaceholder(target) || reading.repository.exists(written)) return false;
  const what = `\`${target}\` of \`${reading.analysis.file.path}\``;
  leaveOut(path, { kind: 'file', what, why: 'a set-up fills its name in' }, reading);
  return true;
}

function takeFile(file: SourceFile, path: string, reference: Reference, reading: Reading): void {
  const { document, analysis, repository } = reading;
  const { use } = reference;
  const isManifest = use === 'resource' || use === 'patch';
  // What is not YAML has been reported at its own place; kustomize would refuse the whole build for it.
  if (file.role === 'broken' && isManifest) {
    analysis.incomplete = true;
    analysis.broken.push(path);
    analysis.removals.push(removalOf(reference.path));
    return;
  }
  if (use !== 'values' && !repository.unrestricted && !isBelow(path, analysis.directory)) {
    analysis.incomplete = true;
    analysis.removals.push(removalOf(reference.path));
    analysis.diagnostics.push(outsideFault(reference, path, document, analysis));
    return;
  }
  analysis.inputs.add(path);
  if (use === 'values') analysis.chartFiles.add(path);
  const placeholders = isManifest ? placeholderLines(file.text)?.names : undefined;
  for (const name of placeholders ?? []) {
    const why = `a set-up fills it in; what is shown is \`${path}\` without it`;
    const what = `placeholder ${name}`;
    analysis.unverified.push({ kind: 'file', what, why, origin: firstLine(path) });
  }
}

/** False where no kustomization lies there. */
function takeFolder(directory: string, reference: Reference, reading: Reading): boolean {
  const { analysis, repository } = reading;
  const { path } = reference;
  const kustomization = isNested(reference) ? repository.kustomizationIn(directory) : undefined;
  if (kustomization === undefined) return false;
  if (kustomization.role === 'broken') {
    analysis.incomplete = true;
    leaveOut(path, unverifiedKustomization(directory, 'it is not valid YAML', null), reading);
    return true;
  }
  // Kustomize's own are copied by their own analysis; another kind of the same name, so that the engine can
  // say what it is.
  if (!isKustomization(kustomization)) analysis.inputs.add(kustomization.path);
  (reference.use === 'component' ? analysis.components : analysis.includes).push({ directory, path });
  return true;
}

function takeMissing(path: string, isFolder: boolean, reference: Reference, reading: Reading): void {
  const { document, analysis, repository } = reading;
  // Helm says of a values file that is missing what it says; one that lies beyond the root is not for it.
  if (reference.use !== 'values') analysis.removals.push(removalOf(reference.path));
  else if (leavesRoot(path)) analysis.removals.push(reference.path.slice(0, 2));
  const fault = missingFault(reference, path, document, analysis, repository, isFolder);
  analysis.incomplete = true;
  analysis.diagnostics.push(fault);
  const origin = placeIn(document, reference.path);
  analysis.missing.push({ fault, directory: analysis.directory, path, origin });
}

function isNested({ use }: Reference): boolean {
  return use === 'resource' || use === 'component';
}

function isBelow(path: string, directory: string): boolean {
  return directory === '.' ? !leavesRoot(path) : path.startsWith(`${directory}/`);
}
