/** Which of an application's `ref` sources are this repository. */
import { type JsonObject, listAt, textAt } from '../../../base/index.ts';
import type { DeploymentContext } from '../../deployers/deployment-types.ts';
import type { Refs } from './owner.ts';
import { refSourcesOf } from './ref-sources.ts';

/** `$key` of every source that has a `ref`; true where it is this repository. */
export function refsOf(sources: readonly JsonObject[], context: DeploymentContext): Refs {
  const found = refSourcesOf(sources);
  if ('error' in found) return found;
  const isHere = (key: string, source: JsonObject) =>
    context.repository.isLocal(textAt(source, 'repoURL') ?? '', () => refIsHere(key, sources, context));
  return { refs: new Map([...found.refs].map(([key, source]) => [key, isHere(key, source)])) };
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
