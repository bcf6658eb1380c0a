/** Which of the files that differ went into a resource. */
import { posix } from 'node:path';
import { addTo, compareText, textAt } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { RenderedObject } from '../../render/index.ts';
import type { FieldChange } from './types.ts';

/**
 * The files at whose lines the fields stand; where none of these differs, that of the object, those on the
 * way to it, and at last those that its build read: a template says what a values file gives it.
 */
export function causesOf(base: Platform, head: Platform): Causes {
  const isChanged = (file: string) =>
    base.sources.files.get(file)?.hash !== head.sources.files.get(file)?.hash;
  const inputs = [inputsOf(base, isChanged), inputsOf(head, isChanged)];
  return (one, other, fields, folder) => {
    const sides = [one, other];
    const places = fields.flatMap(({ before, after }) => [before?.place.file, after?.place.file]);
    const origins = sides.map((side) => side?.origin.file);
    const ways = sides.flatMap((side) => side?.origin.via.map(({ file }) => file) ?? []);
    const [found = []] = [places, origins, ways]
      .map((files) => files.filter((file) => file !== undefined && isChanged(file)))
      .filter((files) => files.length > 0);
    const isSaid = fields.length > 0 || one === null || other === null || one.wave !== other.wave;
    const built = isSaid ? sides.flatMap((side, index) => (side && inputs[index]?.(side, folder)) ?? []) : [];
    // A generator makes each key of a file of that name, where it is not given another.
    const keys = fields.map(({ before, after }) => (after ?? before)?.path ?? '');
    const named = built.filter((file) => keys.some((key) => key.endsWith(`["${posix.basename(file)}"]`)));
    const files =
      found.length > 0 ? found.filter((file) => file !== undefined) : named.length > 0 ? named : built;
    return [...new Set(files)].sort(compareText);
  };
}

function inputsOf(
  { rendered }: Platform,
  isChanged: (file: string) => boolean,
): (resource: Resource, folder: string | null) => string[] {
  const lists = new Map<string, string[][]>();
  for (const { objects, inputs } of [...rendered.builds.values(), ...rendered.sourceBuilds.values()]) {
    const changed = inputs.filter(isChanged);
    if (changed.length > 0) for (const object of objects) addTo(lists, keyOf(object), changed);
  }
  return ({ origin, kind, name }, folder) =>
    (folder === null ? undefined : rendered.builds.get(folder)?.inputs.filter(isChanged)) ??
    (lists.get(`${origin.file}#${origin.line}#${kind}/${name}`) ?? []).flat();
}

function keyOf({ value, origin }: RenderedObject): string {
  return `${origin.file}#${origin.line}#${value.kind}/${textAt(value, 'metadata', 'name')}`;
}

/** @param folder whose build makes it, where nothing is known to deploy it. */
type Causes = (
  one: Resource | null,
  other: Resource | null,
  fields: FieldChange[],
  folder: string | null,
) => string[];
