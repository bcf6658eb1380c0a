/**
 * What is told of files that are of other repositories: where they are asked for, as that is the line that a
 * person edits, and by the name of the repository.
 */
import { posix } from 'node:path';
import { uniqueBy } from '../../base/index.ts';
import {
  type EarlyDiagnostic,
  type Place,
  treeWords,
  type Unverified,
  type Via,
} from '../../source/index.ts';
import type { Repository } from '../repository-files.ts';
import type { BuildResult, Origin, RenderedObject, SourceBuild, SourceRequest } from '../types.ts';
import { placeIn } from './analysis.ts';
import type { Closure } from './closure.ts';

/** A build of this repository's, which may include folders and files of others. */
export function tellFetched(result: BuildResult, closure: Closure, repository: Repository): BuildResult {
  const asked = askedIn(closure, repository);
  if (asked.size === 0) return result;
  const told = createTold((path) => nearest(path, asked), repository);
  const { build, failure } = result;
  const isForeign = (path: string): boolean => asked.has(path) || repository.treeOf(path) !== undefined;
  const own = {
    ...build,
    objects: build.objects.map(told.object),
    inputs: build.inputs.filter((path) => !isForeign(path)),
    includes: build.includes.filter((path) => !isForeign(path)),
    unverified: build.unverified.map(told.unverified),
    unanswered: build.unanswered.map(told.unverified),
  };
  if (failure === null) return { build: own, failure };
  const [at] = failure.sources;
  if (at === undefined || !isForeign(at.file)) return { build: own, failure: told.failure(failure) };
  // Nobody here can mend it; that it is refused at all may come of what was left out of it.
  own.unverified.push(
    told.unverified({
      kind: 'kustomization',
      what: `kustomization ${build.directory}`,
      why: `kustomize refuses what was fetched for it: ${failure.actual ?? failure.message}`,
      origin: at,
      directory: build.directory,
    }),
  );
  return { build: own, failure: null };
}

/** What an engine makes of a folder of another repository, which a deployer asks for. */
export function tellSource(build: SourceBuild, request: SourceRequest, repository: Repository): SourceBuild {
  const found = repository.treeOf(request.directory);
  if (found === undefined) {
    const inputs = build.inputs.filter((path) => !repository.isOfOthers(path));
    return inputs.length === build.inputs.length ? build : { ...build, inputs };
  }
  const words = treeWords(found.tree);
  const { file, line, column, endLine, endColumn } = request.origin;
  const place = { file, line, column, endLine, endColumn };
  const told = createTold(() => ({ place, words }), repository);
  const unverified = build.unverified.map((one) => ({ ...told.unverified(one), origin: place }));
  const why = (failure: EarlyDiagnostic) => `${failure.message}: ${failure.actual ?? ''}`.replace(/: $/, '');
  if (build.failure !== null)
    unverified.push(
      told.unverified({
        kind: 'repository',
        what: `what ${words} gives`,
        why: why(build.failure),
        origin: place,
      }),
    );
  return {
    objects: build.objects.map(told.object),
    inputs: build.inputs.filter((path) => !repository.isOfOthers(path)),
    unverified,
    failure: null,
  };
}

/** Folders and files that others have, by the entry of a kustomization here that leads there. */
function askedIn({ analyses }: Closure, repository: Repository): Map<string, AskedPart> {
  const asked = new Map<string, AskedPart>();
  for (const analysis of analyses) {
    const [document] = analysis.file.documents;
    if (document === undefined) continue;
    const inherited = asked.get(analysis.directory);
    const add = (key: string, path: (string | number)[], words: string): void => {
      if (!asked.has(key)) asked.set(key, { place: inherited?.place ?? placeIn(document, path), words });
    };
    for (const { path, file, url } of analysis.borrowed) add(file, path, url);
    for (const { directory, path } of [...analysis.includes, ...analysis.components]) {
      const found = repository.treeOf(directory);
      if (found !== undefined) add(directory, path, treeWords(found.tree));
    }
  }
  return asked;
}

/** What asks for a path: for itself, for the nearest folder above it, or for anything of the same tree. */
function nearest(path: string, asked: ReadonlyMap<string, AskedPart>): AskedPart | undefined {
  for (let folder = path; folder !== '.' && folder !== '/'; folder = posix.dirname(folder)) {
    const found = asked.get(folder);
    if (found !== undefined) return found;
  }
  const [root = '', name = ''] = path.split('/');
  for (const [folder, found] of asked) if (folder.startsWith(`${root}/${name}`)) return found;
  return undefined;
}

function createTold(find: (path: string) => AskedPart | undefined, repository: Repository) {
  const foreign = (path: string): AskedPart | undefined =>
    repository.treeOf(path) !== undefined || repository.isBorrowed(path) ? find(path) : undefined;
  const tell = (text: string): string =>
    text.replaceAll(/\.fetched\/[0-9a-f]{64}(\/?)/g, (whole, slash: string) => {
      const found = repository.treeOf(whole.replace(/\/$/, ''));
      return found === undefined ? whole : `${treeWords(found.tree)}${slash === '' ? '' : ', '}`;
    });
  const viaOf = (via: readonly Via[]): Via[] => {
    const steps = via.map((step) => {
      const part = foreign(step.file);
      return part === undefined ? step : { file: part.place.file, line: part.place.line, what: part.words };
    });
    return uniqueBy(steps, (step) => JSON.stringify(step));
  };
  const originOf = (origin: Origin): Origin => {
    const part = foreign(origin.file);
    const via = viaOf(origin.via);
    if (part === undefined) return { ...origin, via };
    return { ...part.place, document: -1, via, fetched: origin.fetched ?? part.words };
  };
  return {
    object: ({ value, origin }: RenderedObject): RenderedObject => ({ value, origin: originOf(origin) }),
    unverified<One extends Unverified>(one: One): One {
      const part = one.origin === null ? undefined : foreign(one.origin.file);
      const told = { ...one, what: tell(one.what), why: tell(one.why) };
      if (told.kind === 'chart' && told.chart.directory !== null)
        told.chart = { ...told.chart, directory: tell(told.chart.directory) };
      return part === undefined ? told : { ...told, origin: part.place };
    },
    failure: (one: EarlyDiagnostic): EarlyDiagnostic => ({
      ...one,
      message: tell(one.message),
      actual: one.actual === null ? null : tell(one.actual),
    }),
  };
}

interface AskedPart {
  /** Where a person edits it. */
  place: Place;
  words: string;
}
