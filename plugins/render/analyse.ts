import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type JsonObject, type JsonPath, nearest } from '../base/index.ts';
import {
  diagnostic,
  type EarlyDiagnostic,
  isRemote,
  kustomizationNames,
  kustomizationReferences,
  type Place,
  type Reference,
  type SourceDocument,
  type SourceFile,
  type Unverified,
} from '../source/index.ts';
import { filesBelow } from './chart.ts';
import { applyOptions } from './options.ts';
import { localCharts, type Refused, refusedCharts, refusedInlinePlugins, refusedPlugin } from './plugins.ts';
import { isKustomization, leavesRoot, type Repository } from './repository-files.ts';

/**
 * What one kustomization needs, by itself: the files that it names, the folders that it includes, and what has to be taken out of a copy
 * before an engine may see it, because it is remote, would run something, is missing or cannot be read.
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
    charts: false,
    inputs: new Set([file.path]),
    includes: [],
    components: [],
    removals: [],
    unverified: [],
    diagnostics: [],
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
  for (const { path, ...refused } of refusedCharts(document.value, directory, repository))
    leaveOut(analysis, document, path, refused);
  for (const folder of localCharts(document.value, directory, repository)) {
    analysis.charts = true;
    for (const path of filesBelow(repository.root, folder)) analysis.inputs.add(path);
  }
  return analysis;
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
  const resolved = target.startsWith('/')
    ? target
    : posix.join(analysis.directory, target).replace(/(.)\/$/, '$1');
  const nested = use === 'resource' || use === 'component';
  if (nested && isRemote(target) && !repository.file(resolved)) {
    const what = `${use === 'component' ? 'remote component' : 'remote base'} ${target}`;
    const why = 'it is fetched from another repository, which needs a network';
    leaveOut(analysis, document, path, { kind: 'base', what, why });
    return;
  }
  if (/^https?:\/\//.test(target)) {
    const what = `remote file ${target}`;
    leaveOut(analysis, document, path, { kind: 'file', what, why: 'it is fetched from the network' });
    return;
  }
  const found = repository.file(resolved);
  if (found !== undefined) {
    // What is not YAML has been reported at its own place; kustomize would refuse the whole build for it.
    if (found.role === 'broken' && (use === 'resource' || use === 'patch'))
      analysis.removals.push(removalOf(path));
    else if (use === 'values' || repository.unrestricted || isBelow(resolved, analysis.directory))
      analysis.inputs.add(resolved);
    else refuseOutside(reference, resolved, document, analysis);
    return;
  }
  const folder = repository.isDirectory(resolved);
  const kustomization = nested && folder ? repository.kustomizationIn(resolved) : undefined;
  if (kustomization?.role === 'broken') {
    const what = `kustomization ${resolved}`;
    leaveOut(analysis, document, path, { kind: 'kustomization', what, why: 'it is not valid YAML' });
    return;
  }
  if (kustomization !== undefined) {
    // Kustomize's own are copied by their own analysis; another kind of the same name, so that the engine can say what it is.
    if (!isKustomization(kustomization)) analysis.inputs.add(kustomization.path);
    (use === 'component' ? analysis.components : analysis.includes).push({ directory: resolved, path });
    return;
  }
  if (use !== 'values') analysis.removals.push(removalOf(path));
  reportMissing(reference, resolved, document, analysis, repository, folder);
}

/** kustomize reads a folder from anywhere, a file only from the kustomization's own folder down. */
function refuseOutside(
  { path, use, target }: Reference,
  resolved: string,
  document: SourceDocument,
  analysis: Analysis,
): void {
  analysis.removals.push(removalOf(path));
  analysis.diagnostics.push(
    diagnostic({
      rule: 'render-failed',
      identity: [analysis.file.path, String(path[0]), target, 'outside'],
      message: `\`${analysis.file.path}\` lists \`${resolved}\` as ${words[use]}, which kustomize refuses: the file is outside its folder`,
      sources: [
        { ...placeIn(document, path), resource: null, path: pathText(path), role: 'actual', via: [] },
      ],
      expected: `a file in or below \`${analysis.directory}\``,
      actual: target,
      help: 'Make the other folder a kustomization and list the folder, or set `kustomize.buildOptions: --load-restrictor LoadRestrictionsNone` in argocd-cm.',
    }),
  );
}

function isBelow(path: string, directory: string): boolean {
  return directory === '.' ? !leavesRoot(path) : path.startsWith(`${directory}/`);
}

/** A generator's `env` and a patch's `path` are one field of an entry: without it the whole entry means nothing. */
function removalOf(path: JsonPath): JsonPath {
  return path.at(-1) === 'path' ? path.slice(0, -1) : path;
}

function reportMissing(
  { use, target, path }: Reference,
  resolved: string,
  document: SourceDocument,
  analysis: Analysis,
  repository: Repository,
  folder: boolean,
): void {
  const place = placeIn(document, path);
  const outside = leavesRoot(resolved);
  const message = outside
    ? `\`${target}\` lies outside the repository`
    : folder
      ? `the folder \`${resolved}\` has no kustomization`
      : `\`${resolved}\` does not exist`;
  const candidates = outside || folder ? [] : candidatesFor(target, analysis, repository);
  analysis.diagnostics.push(
    diagnostic({
      rule: 'render-failed',
      identity: [analysis.file.path, String(path[0]), target],
      message: `${message}, but \`${analysis.file.path}\` lists it as ${words[use]}`,
      sources: [{ ...place, resource: null, path: pathText(path), role: 'actual', via: [] }],
      expected: folder ? 'a folder with a `kustomization.yaml`' : 'an existing file of the repository',
      actual: target,
      candidates,
      help:
        candidates[0] === undefined
          ? 'Add the file or remove the entry.'
          : `Did you mean \`${candidates[0]}\`? Else add the file or remove the entry.`,
    }),
  );
}

/** What stands in the folder that the entry points to, nearest first; files that the kustomization does not list come before others. */
function candidatesFor(target: string, analysis: Analysis, repository: Repository): string[] {
  const folder = posix.dirname(target);
  const at = posix.join(analysis.directory, folder);
  if (leavesRoot(at) || !repository.isDirectory(at)) return [];
  const listed = new Set(
    kustomizationReferences(analysis.value).map((reference) => posix.normalize(reference.target)),
  );
  const names = readdirSync(join(repository.root, at)).filter((name) => !kustomizationNames.includes(name));
  const written = (name: string) =>
    folder === '.' ? (target.startsWith('./') ? `./${name}` : name) : `${folder}/${name}`;
  const near = nearest(posix.basename(target), names, 6).map(written);
  const free = near.filter((candidate) => !listed.has(posix.normalize(candidate)));
  return free.slice(0, 3);
}

/** Plugins of other groups are programs or containers; of kustomize's own, the chart inflator needs Helm and a network. */
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

function leaveOut(analysis: Analysis, document: SourceDocument, path: JsonPath, refused: Refused): void {
  analysis.removals.push(path);
  analysis.unverified.push({ ...refused, origin: placeIn(document, path) });
}

/** The place of an entry, or of the nearest thing that holds it. */
export function placeIn(document: SourceDocument, path: JsonPath): Place {
  for (let length = path.length; length > 0; length--) {
    const place = document.locate(path.slice(0, length));
    if (place !== undefined) return place;
  }
  return document.place;
}

function pathText(path: JsonPath): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

const words = {
  resource: 'a resource',
  component: 'a component',
  patch: 'a patch',
  data: 'data of a generator',
  secret: 'data of a generator or patch of a Secret',
  values: 'values of a chart',
  configuration: 'configuration',
  plugin: 'a plugin',
} as const;

export interface Analysis {
  file: SourceFile;
  /** Folder relative to the root. */
  directory: string;
  value: JsonObject;
  /** What an Application adds to it; null where it is built as it is written. */
  options: JsonObject | null;
  /** True where charts of the repository are rendered in it. */
  charts: boolean;
  /** Files that it reads itself, kustomizations included that lie beside it. */
  inputs: Set<string>;
  /** Kustomizations that it lists as resources. */
  includes: Inclusion[];
  components: Inclusion[];
  /** What to take out of the copy. */
  removals: JsonPath[];
  unverified: Unverified[];
  diagnostics: EarlyDiagnostic[];
}

interface Inclusion {
  directory: string;
  /** Where the including kustomization names it. */
  path: JsonPath;
}
