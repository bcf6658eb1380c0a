/** Sources that are folders of another repository or of an OCI artifact, which lies across a network. */
import { posix } from 'node:path';
import { type JsonObject, listAt, textAt } from '../../../base/index.ts';
import { type Reason, treeFolders, treeWords } from '../../../source/index.ts';
import type { DeploymentContext, Single } from '../../deployers/deployment-types.ts';
import { artifactAcross, innerPath, treeAcross } from '../../deployers/fetched-tree.ts';
import { createTreeTold, inTree } from '../../deployers/tree-context.ts';
import type { Owner } from './owner.ts';

/**
 * What a folder of a repository gives that was fetched, by the same rules as one of this repository; else
 * what brings it. What it gives stands where it is asked for: that is the line that a person edits.
 * @param deploy takes the folder by its path in the context that it is given.
 */
export function deployTree(
  source: JsonObject,
  path: string,
  single: Single,
  owner: Owner,
  context: DeploymentContext,
  deploy: DeployFolder,
): Single | { hint: Reason | null } {
  const { origin } = owner;
  const folder = innerPath(path);
  const url = textAt(source, 'repoURL') ?? '';
  const revision = textAt(source, 'targetRevision') ?? null;
  // Source: `GenerateManifest` of the repo-server. What only refers to a source takes its revision as it is.
  const tagPrefix = textAt(source, 'tagPrefix') || undefined;
  const paths = folder === null ? [] : [folder, ...beside(folder, source)];
  const across = url.startsWith('oci://')
    ? artifactAcross({ url, revision, origin }, context)
    : treeAcross({ url, revision, paths, origin, ...(tagPrefix && { tagPrefix }) }, context);
  if ('hint' in across) return across;
  const { tree } = across;
  const told = createTreeTold(tree, origin);
  if (folder === null || !treeFolders(tree).has(folder)) {
    const why = folder === null ? 'leaves the repository' : `does not exist in ${treeWords(tree)}`;
    single.errors.push({ error: `the path \`${path}\` ${why}`, about: 'path' });
    return single;
  }
  const deployed = deploy(posix.join(tree.mount, folder), source, single, owner, inTree(tree, context));
  deployed.objects = deployed.objects.map(told.object);
  deployed.unverified = deployed.unverified.map(told.unverified);
  deployed.errors = deployed.errors.map(told.error);
  // Nothing of it is a file of this repository.
  return { ...deployed, directories: [], files: [], reads: [] };
}

/** What the source names besides its folder: value files. */
function beside(folder: string, source: JsonObject): string[] {
  return listAt(source, 'helm', 'valueFiles').flatMap((file) => {
    if (typeof file !== 'string' || file.startsWith('$') || file.includes('://')) return [];
    const path = file.startsWith('/') ? file.slice(1) : posix.join(folder, file);
    return /[*?[\]{}$]/.test(path) ? [] : path;
  });
}

type DeployFolder = (
  folder: string,
  source: JsonObject,
  single: Single,
  owner: Owner,
  context: DeploymentContext,
) => Single;
