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
  return paths.map((path) => {
    const name = posix.basename(path);
    const isInside = ({ sources }: Deployer): boolean =>
      sources.some((source) => source.local && source.path !== null && isUnder(path, source.path));
    const inside = applications.filter(isInside);
    const namesOf = (deployers: readonly Deployer[]): string[] =>
      [
        ...new Set(deployers.filter((one) => isInside(one) || one.stack === name).map((one) => one.name)),
      ].sort(compareText);
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
          [...inside, ...kustomizations.filter(isInside)].map(({ destination }) => destination.namespace),
        ) ?? (written === undefined || written.includes('{{') ? null : written),
      applications: namesOf(applications),
      kustomizations: namesOf(kustomizations),
      helmReleases: namesOf(helmReleases),
    };
  });
}

type Deploying = Pick<Model, 'applicationSets' | 'applications' | 'kustomizations' | 'helmReleases'>;

/** What all of them say, else null. */
function common(values: readonly (string | null)[]): string | null {
  const [first, ...rest] = new Set(values);
  return rest.length === 0 ? (first ?? null) : null;
}
