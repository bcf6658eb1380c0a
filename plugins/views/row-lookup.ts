import { compareText } from '../base/index.ts';
import type { Application, ApplicationSet, Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Unverified } from '../source/index.ts';
import { code, reference } from './cells.ts';
import type { Cell, ViewRow } from './types.ts';

/** Ids behind the names that the model's records speak of. */
export function createLookup({ model }: Platform): Lookup {
  const applications = new Map(model.applications.map((one) => [one.name, one]));
  const projects = new Map(model.projects.map((one) => [one.name, one.id]));
  const namespaces = new Map(
    model.resources
      .filter((one) => one.kind === 'Namespace' && one.group === '')
      .map((one) => [one.name, one.id]),
  );
  return {
    application: (name) => (name === null ? undefined : applications.get(name)),
    applicationCell: (name) => reference(name, name === null ? null : applications.get(name)?.id),
    projectCell: (name) => reference(name, name === null ? null : projects.get(name)),
    namespaceCell: (name) => reference(name, name === null ? null : namespaces.get(name)),
  };
}

/** The last part of an id, the resource's name; a repetition's `@file` is left out. */
export function nameOf(platform: Platform, id: string): string {
  const resource = platform.resource(id);
  if (resource !== undefined) return resource.name;
  return id.replace(/@.*$/, '').split('/').at(-1) ?? id;
}

export function byId(platform: Platform, id: string): Cell {
  return reference(nameOf(platform, id), platform.resource(id) === undefined ? null : id);
}

/** `group/Kind` as people say it: the kind alone, `all kinds` for everything; a whole group keeps its name. */
export function kindCell(kind: string): Cell {
  if (kind === '*/*' || kind === '*') return { text: 'all kinds' };
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

/**
 * What is unknown about a selection of rows: of the applications they belong to. Without a filter, or where nothing is left (which may be
 * so only because it could not be rendered), everything that is unknown; and whatever the filter names.
 */
export function unverifiedOf(
  platform: Platform,
  rows: ViewRow[],
  where: string | undefined,
  owner: (row: ViewRow) => string | null,
): Unverified[] {
  const { model } = platform;
  if (where === undefined || rows.length === 0)
    return distinct([...model.unverified, ...model.applications.flatMap((one) => one.unverified)]);
  const owners = new Set(rows.map(owner));
  const concerned = model.applications.filter(
    (one) => owners.has(one.name) || where.includes(`'${one.name}'`) || where.includes(`"${one.name}"`),
  );
  return distinct(concerned.flatMap((one) => one.unverified));
}

export function distinct(unverified: Unverified[]): Unverified[] {
  const seen = new Map<string, Unverified>();
  for (const one of unverified) {
    const key = `${one.origin?.file ?? ''}\0${String(one.origin?.line ?? 0).padStart(7, '0')}\0${one.what}\0${one.why}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one);
}

/** Sets whose generators need a cluster or a network: more applications than the known ones may exist. */
export function unknownExpansions(sets: readonly ApplicationSet[]): Unverified[] {
  return sets.flatMap(({ name, unverified, origin }): Unverified[] =>
    unverified === null
      ? []
      : [{ kind: 'generator', what: `applications of ${name}`, why: unverified, origin }],
  );
}

export interface Lookup {
  application(name: string | null): Application | undefined;
  applicationCell(name: string | null): Cell;
  projectCell(name: string | null): Cell;
  namespaceCell(name: string | null): Cell;
}
