import type { Model, Resource } from '../../../model/index.ts';

/**
 * A title for each resource's page, by id: `Secret cicd/chat-webhook`. Where another has the same it names
 * its group, and where that does not tell them apart its file.
 */
export function titlesOf({ resources }: Model): Map<string, string> {
  const ways = [plain, grouped, filed];
  const titles = new Map<string, string>();
  let open: readonly Resource[] = resources;
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
