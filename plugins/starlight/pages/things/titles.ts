import type { Model, Resource } from '../../../model/index.ts';
import { apartOf } from './twins.ts';

/**
 * A title for each resource's page, by id: `Secret cicd/chat-webhook`. Where another has the same it names
 * its group, or what tells it from others of its group, and where that is not enough its file.
 */
export function titlesOf(model: Model): Map<string, string> {
  const apart = apartOf(model);
  const of = (resource: Resource, name: string) => {
    const what = apart.get(resource.id);
    return what === undefined ? name : `${name} (${what})`;
  };
  const ways = [
    (resource: Resource) => of(resource, plain(resource)),
    (resource: Resource) => of(resource, grouped(resource)),
    filed,
  ];
  const titles = new Map<string, string>();
  let open: readonly Resource[] = model.resources;
  for (const way of ways) {
    const shared = [...Map.groupBy(open, way).values()];
    for (const [first, ...others] of shared)
      if (first && others.length === 0) titles.set(first.id, way(first));
    open = shared.filter(({ length }) => length > 1).flat();
  }
  for (const { id } of open) titles.set(id, id);
  return titles;
}

function plain({ kind, namespace, name }: Resource): string {
  return `${kind} ${[namespace ?? [], name].flat().join('/')}`;
}

function grouped({ kind, group, ...rest }: Resource): string {
  return plain({ ...rest, group, kind: group === '' ? kind : `${kind}.${group}` });
}

function filed(resource: Resource): string {
  return `${grouped(resource)} (${resource.origin.file})`;
}
