/**
 * Sources of CNOE's idpbuilder, which makes a repository of a folder beside the Application before Argo CD
 * sees it: `cnoe://manifests`. Source: `idpbuilder` `pkg/controllers/custompackage`.
 */
import { posix } from 'node:path';
import { type JsonObject, textAt } from '../../../base/index.ts';
import { holdsPlaceholder, type Place } from '../../../source/index.ts';
import type { DeploymentContext } from '../../deployers/deployment-types.ts';

/**
 * The folder of this repository that an address names from the file that says it; null for any other address,
 * and where there is none.
 */
export function folderBeside(
  url: string,
  origin: Place,
  { repository, mount }: Pick<DeploymentContext, 'repository' | 'mount'>,
): string | null {
  const [, path] = /^cnoe:\/\/(.+)$/.exec(url) ?? [];
  if (path === undefined || mount !== '' || holdsPlaceholder(path)) return null;
  const folder = posix.join(posix.dirname(origin.file), path).replace(/(.)\/$/, '$1');
  return repository.directories.has(folder) ? folder : null;
}

/** A source of such a folder with its path from the root of this repository; any other as it is. */
export function withPathBeside(source: JsonObject, origin: Place, context: DeploymentContext): JsonObject {
  const folder = folderBeside(textAt(source, 'repoURL') ?? '', origin, context);
  const path = textAt(source, 'path');
  if (folder === null || path === undefined) return source;
  // What leaves the folder leaves the repository that is made of it.
  const isInside = !/^(\/|\.\.(\/|$))/.test(posix.normalize(path));
  return isInside ? { ...source, path: posix.join(folder, path) } : source;
}
