import { oncePer } from '../../../base/index.ts';
import type { Application, Model, Resource } from '../../../model/index.ts';

/**
 * What tells resources of the same kind, namespace and name apart, by id, said as shortly as it does: what
 * deploys them, the cluster that it deploys to, or the part of the file's path that differs. None for others.
 */
export const apartOf = oncePer((model: Model): ReadonlyMap<string, string> => {
  const apart = new Map<string, string>();
  const applications = new Map(model.applications.map((one) => [one.id, one]));
  const ways = [
    (twins: readonly Resource[]) => twins.map(({ application }) => application),
    (twins: readonly Resource[]) => twins.map(({ id }) => clusterOf(applications.get(id))),
    (twins: readonly Resource[]) => twins.map(({ deployer }) => clusterOf(applications.get(deployer ?? ''))),
    (twins: readonly Resource[]) => differing(twins.map(({ origin }) => origin.file)),
    (twins: readonly Resource[]) => differing(twins.map(({ origin }) => `${origin.file}:${origin.line}`)),
  ];
  const alike = Map.groupBy(model.resources, ({ group, kind, namespace, name }) =>
    JSON.stringify([group, kind, namespace, name]),
  );
  for (const twins of alike.values()) {
    if (twins.length === 1) continue;
    const said = ways.map((way) => way(twins)).find(tellsApart) ?? twins.map(({ id }) => id);
    for (const [index, { id }] of twins.entries()) apart.set(id, said[index] ?? id);
  }
  return apart;
});

function tellsApart(said: readonly (string | null)[]): said is string[] {
  return !said.includes(null) && new Set(said).size === said.length;
}

function clusterOf(application: Application | undefined): string | null {
  return application?.destination.name ?? application?.destination.server ?? null;
}

/** Paths without the folders that all of them lie in. */
function differing(paths: readonly string[]): string[] {
  const split = paths.map((path) => path.split('/'));
  const [first = []] = split;
  const isOfAll = (part: string, index: number) =>
    split.every((parts) => parts[index] === part && index < parts.length - 1);
  const end = first.findIndex((part, index) => !isOfAll(part, index));
  return split.map((parts) => parts.slice(Math.max(end, 0)).join('/'));
}
