/** The files of an application's `ref` sources: of this repository, or of one that was fetched. */
import { type JsonObject, listAt, textAt } from '../../../base/index.ts';
import type { Place } from '../../../source/index.ts';
import type { DeploymentContext } from '../../deployers/deployment-types.ts';
import { treeAcross } from '../../deployers/fetched-tree.ts';
import type { Ref, Refs } from './owner.ts';
import { refSourcesOf } from './ref-sources.ts';

/** By `$key` of every source that has a `ref`. */
export function refsOf(sources: readonly JsonObject[], origin: Place, context: DeploymentContext): Refs {
  const found = refSourcesOf(sources);
  if ('error' in found) return found;
  const refOf = (key: string, source: JsonObject): Ref => {
    const url = textAt(source, 'repoURL') ?? '';
    if (context.repository.isLocal(url, () => refIsHere(key, sources, context)))
      return { mount: '', files: context.paths };
    const revision = textAt(source, 'targetRevision') ?? null;
    const across = treeAcross({ url, revision, paths: pathsOf(key, sources), origin }, context);
    return 'hint' in across ? across : { mount: `${across.tree.mount}/`, files: across.tree.paths };
  };
  return { refs: new Map([...found.refs].map(([key, source]) => [key, refOf(key, source)])) };
}

/** What the sources name of it; of a glob the folder that it looks in. */
function pathsOf(key: string, sources: readonly JsonObject[]): string[] {
  const start = `${key}/`;
  const named = sources.flatMap((source) => [
    ...listAt(source, 'helm', 'valueFiles'),
    ...listAt(source, 'helm', 'fileParameters').map((one) => textAt(one, 'path') ?? ''),
  ]);
  return named.flatMap((file) =>
    typeof file === 'string' && file.startsWith(start) ? fixedPart(file.slice(start.length)) : [],
  );
}

/** A path up to its first wildcard or variable, whole names only. */
function fixedPart(path: string): string {
  const names = path.split('/');
  const wild = names.findIndex((name) => /[*?[\]{}$]/.test(name));
  return (wild < 0 ? names : names.slice(0, wild)).join('/') || '.';
}

/**
 * Where no remote is configured, a `ref` is this repository when a value file that it is asked for exists
 * here.
 */
function refIsHere(key: string, sources: readonly JsonObject[], context: DeploymentContext): boolean {
  const start = `${key}/`;
  const files = sources.flatMap((source) => listAt(source, 'helm', 'valueFiles'));
  return files.some(
    (file) =>
      typeof file === 'string' &&
      file.startsWith(start) &&
      context.sources.files.has(file.slice(start.length)),
  );
}
