import { compareText, oncePer } from '../base/index.ts';
import type { Application, Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import { code, reference } from './cells.ts';
import type { Cell } from './types.ts';
import { saidCell } from './words.ts';

/** Ids behind the names that the model's records speak of. */
export const createLookup = oncePer((platform: Platform): Lookup => {
  const { model } = platform;
  const applications = new Map(model.applications.map((one) => [one.name, one]));
  const projects = new Map(model.projects.map((one) => [one.name, one.id]));
  const namespaces = new Map(
    model.resources
      .filter((one) => one.kind === 'Namespace' && one.group === '')
      .map((one) => [one.name, one.id]),
  );
  return {
    deployerCell: (id) => {
      const resource = id === null ? undefined : platform.resource(id);
      return reference(resource && `${resource.kind}/${resource.name}`, id);
    },
    application: (name) => (name === null ? undefined : applications.get(name)),
    applicationCell: (name) => reference(name, name === null ? null : applications.get(name)?.id),
    projectCell: (name) => reference(name, name === null ? null : projects.get(name)),
    namespaceCell: (name) => reference(name, name === null ? null : namespaces.get(name)),
  };
});

/** The last part of an id, the resource's name; a repetition's `@file` is left out. */
export function nameOf(platform: Platform, id: string): string {
  const resource = platform.resource(id);
  if (resource !== undefined) return resource.name;
  return id.replace(/@.*$/, '').split('/').at(-1) ?? id;
}

export function byId(platform: Platform, id: string): Cell {
  return reference(nameOf(platform, id), platform.resource(id) === undefined ? null : id);
}

/**
 * `group/Kind` as people say it: the kind alone, `all kinds` for everything; a whole group keeps its name.
 */
export function kindCell(kind: string): Cell {
  if (kind === '*/*' || kind === '*') return saidCell('cell.allKinds');
  const slash = kind.indexOf('/');
  const name = kind.slice(slash + 1);
  return code(name.startsWith('*') && slash > 0 ? kind : name);
}

/** `Deployment ×3` for every kind, the most frequent first. */
export function kindCounts(resources: readonly Resource[]): { kind: string; count: number; text: string }[] {
  const counts = new Map<string, number>();
  for (const { kind } of resources) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([a, first], [b, second]) => second - first || compareText(a, b))
    .map(([kind, count]) => ({ kind, count, text: count === 1 ? kind : `${kind} ×${count}` }));
}

export interface Lookup {
  application(name: string | null): Application | undefined;
  applicationCell(name: string | null): Cell;
  /** By its id. */
  deployerCell(id: string | null): Cell;
  projectCell(name: string | null): Cell;
  namespaceCell(name: string | null): Cell;
}
