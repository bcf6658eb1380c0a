/** Stacks: folders directly under a gitops path, each with the ApplicationSet that watches it. */

import { posix } from 'node:path';
import { compareText, isUnder, objectAt, textAt } from '../base/index.ts';
import type { Config, Sources } from '../source/index.ts';
import type { ResourceIndex } from './resource-index.ts';
import type { Deployer, Model, Stack } from './types.ts';

/** Paths of the stacks, bytewise: folders that hold a YAML file at any depth; hidden ones are none. */
export function stackPaths(sources: Sources, config: Config): string[] {
  const paths = new Set<string>();
  for (const file of sources.files.values()) {
    if (file.role === 'other') continue;
    for (const root of config.layers.gitops) {
      const prefix = root === '.' ? '' : `${root}/`;
      if (!file.path.startsWith(prefix)) continue;
      const slash = file.path.indexOf('/', prefix.length);
      if (slash < 0) continue;
      const path = file.path.slice(0, slash);
      if (!path.slice(prefix.length).startsWith('.') && !config.layers.bootstrap.includes(path))
        paths.add(path);
    }
  }
  return [...paths].sort(compareText);
}

/** Name of the stack that a path lies in. */
export function stackOf(path: string | null, paths: readonly string[]): string | null {
  const found = path === null ? undefined : paths.find((stack) => isUnder(stack, path));
  return found === undefined ? null : posix.basename(found);
}

export function buildStacks(
  paths: readonly string[],
  { applicationSets: sets, applications, kustomizations, helmReleases }: Deploying,
  lookup: ResourceIndex,
): Stack[] {
  const ofApplications = openDeployers(applications);
  const ofKustomizations = openDeployers(kustomizations);
  const ofReleases = openDeployers(helmReleases);
  return paths.map((path) => {
    const name = posix.basename(path);
    const inside = ofApplications.inside(path);
    const watching = sets.filter((set) =>
      set.generators.some((generator) => generator.paths.some((pattern) => isUnder(path, pattern))),
    );
    const lying = sets.filter((set) => isUnder(path, set.origin.file));
    const set = watching[0] ?? lying[0] ?? null;
    const template = set ? objectAt(lookup.byId(set.id)?.rendered, 'spec', 'template', 'spec') : {};
    const written = textAt(template, 'destination', 'namespace');
    return {
      name,
      path,
      applicationSet: set?.id ?? null,
      project: set?.project ?? common(inside.map((application) => application.project)),
      namespace:
        common(
          [...inside, ...ofKustomizations.inside(path)].map(({ destination }) => destination.namespace),
        ) ?? (written === undefined || written.includes('{{') ? null : written),
      applications: ofApplications.names(path),
      kustomizations: ofKustomizations.names(path),
      helmReleases: ofReleases.names(path),
    };
  });
}

/** Deployers by the folders that they deploy something of, and by the stacks that they are said to be of. */
function openDeployers<T extends Deployer>(deployers: readonly T[]): Deployers<T> {
  const folders = new Map<string, Set<T>>();
  for (const deployer of deployers)
    for (const { local, path } of deployer.sources)
      if (local && path !== null)
        for (const folder of foldersAbove(path))
          folders.set(folder, (folders.get(folder) ?? new Set()).add(deployer));
  const stacks = Map.groupBy(deployers, ({ stack }) => stack);
  const inside = (path: string) => [...(folders.get(path) ?? [])];
  return {
    inside,
    names(path) {
      const all = [...inside(path), ...(stacks.get(posix.basename(path)) ?? [])];
      return [...new Set(all.map(({ name }) => name))].sort(compareText);
    },
  };
}

/** A path itself, and each folder that it lies in. */
function* foldersAbove(path: string): Generator<string> {
  for (let folder = path; ; folder = posix.dirname(folder)) {
    yield folder;
    if (folder === '.' || folder === '/') return;
  }
}

interface Deployers<T> {
  /** That deploy something of the folder, or of one in it. */
  inside(path: string): T[];
  /** Of these, and of all that are said to be of the stack in the folder. */
  names(path: string): string[];
}

type Deploying = Pick<Model, 'applicationSets' | 'applications' | 'kustomizations' | 'helmReleases'>;

/** What all of them say, else null. */
function common(values: readonly (string | null)[]): string | null {
  const [first, ...rest] = new Set(values);
  return rest.length === 0 ? (first ?? null) : null;
}
