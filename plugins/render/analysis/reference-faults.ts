/**
 * What a kustomization lists and kustomize would refuse: files that do not exist, or lie outside its folder.
 */

import { posix } from 'node:path';
import { nearest, oncePer, withinSteps } from '../../base/index.ts';
import {
  diagnostic,
  type EarlyDiagnostic,
  kustomizationNames,
  kustomizationReferences,
  type Reference,
  type SourceDocument,
} from '../../source/index.ts';
import { leavesRoot, type Repository } from '../repository-files.ts';
import { type Analysis, pathText, placeIn } from './analysis.ts';

/** kustomize reads a folder from anywhere, a file only from the kustomization's own folder down. */
export function outsideFault(
  { path, use, target }: Reference,
  resolved: string,
  document: SourceDocument,
  analysis: Analysis,
): EarlyDiagnostic {
  return diagnostic({
    rule: 'render-failed',
    identity: [analysis.file.path, String(path[0]), target, 'outside'],
    message: `\`${analysis.file.path}\` lists \`${resolved}\` as ${words[use]}, which kustomize refuses: the file is outside its folder`,
    sources: [{ ...placeIn(document, path), resource: null, path: pathText(path), role: 'actual', via: [] }],
    expected: `a file in or below \`${analysis.directory}\``,
    actual: target,
    help: 'Make the other folder a kustomization and list the folder, or set `kustomize.buildOptions: --load-restrictor LoadRestrictionsNone` in argocd-cm.',
  });
}

/** A file or folder that is not there. */
export function missingFault(
  { use, target, path }: Reference,
  resolved: string,
  document: SourceDocument,
  analysis: Analysis,
  repository: Repository,
  folder: boolean,
): EarlyDiagnostic {
  const place = placeIn(document, path);
  const outside = leavesRoot(resolved);
  const message = outside
    ? `\`${target}\` lies outside the repository`
    : folder
      ? `the folder \`${resolved}\` has no kustomization`
      : `\`${resolved}\` does not exist`;
  const { candidates, isWhole } =
    outside || folder ? { candidates: [], isWhole: true } : candidatesFor(target, analysis, repository);
  const only = isWhole ? '' : ` ${notLookedFor}`;
  return diagnostic({
    rule: 'render-failed',
    identity: [analysis.file.path, String(path[0]), target],
    message: `${message}, but \`${analysis.file.path}\` lists it as ${words[use]}`,
    sources: [{ ...place, resource: null, path: pathText(path), role: 'actual', via: [] }],
    expected: folder ? 'a folder with a `kustomization.yaml`' : 'an existing file of the repository',
    actual: target,
    candidates,
    help:
      candidates[0] === undefined
        ? `Add the file or remove the entry.${only}`
        : `Did you mean \`${candidates[0]}\`? Else add the file or remove the entry.`,
  });
}

/**
 * What stands in the folder that the entry points to, nearest first; files that the kustomization does not
 * list come before others.
 */
function candidatesFor(
  target: string,
  analysis: Analysis,
  repository: Repository,
): { candidates: string[]; isWhole: boolean } {
  const folder = posix.dirname(target);
  const at = posix.join(analysis.directory, folder);
  if (leavesRoot(at) || !repository.isDirectory(at)) return { candidates: [], isWhole: true };
  const listed = targetsOf(analysis);
  const looking = lookingIn(repository);
  const names =
    looking.names.get(at) ?? repository.namesIn(at).filter((name) => !kustomizationNames.includes(name));
  looking.names.set(at, names);
  const written = (name: string) =>
    folder === '.' ? (target.startsWith('./') ? `./${name}` : name) : `${folder}/${name}`;
  const near = withinSteps(looking.steps, () => nearest(posix.basename(target), names, 6));
  looking.steps -= near.steps;
  const free = near.value.map(written).filter((candidate) => !listed.has(posix.normalize(candidate)));
  return { candidates: free.slice(0, 3), isWhole: near.isWhole };
}

const targetsOf = oncePer(
  ({ value }: Analysis) =>
    new Set(kustomizationReferences(value).map((reference) => posix.normalize(reference.target))),
);

/** What stands in folders that were looked into, and the steps that are left to look for what is near. */
const lookingIn = oncePer((_: Repository) => ({ names: new Map<string, string[]>(), steps: stepsToLook }));
const stepsToLook = 5_000_000;
const notLookedFor =
  'What comes near it was not looked for: so many entries of kustomizations are wrong that only the first are told with it.';

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
