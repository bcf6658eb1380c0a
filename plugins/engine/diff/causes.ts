/** Which of the files that differ went into a resource. */
import { addTo, compareText, textAt } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { RenderedObject } from '../../render/index.ts';
import type { FieldChange } from './types.ts';

/**
 * The files at whose lines the fields stand, and where none of these differs, those that its build read: a
 * template says what a values file gives it.
 */
export function causesOf(base: Platform, head: Platform): Causes {
  const isChanged = (file: string) =>
    base.sources.files.get(file)?.hash !== head.sources.files.get(file)?.hash;
  const inputs = [inputsOf(base, isChanged), inputsOf(head, isChanged)];
  return (one, other, fields) => {
    if (
      one !== null &&
      other !== null &&
      fields.length === 0 &&
      one.wave === other.wave &&
      one.phase === other.phase &&
      one.origin.file === other.origin.file
    )
      return [];
    const sides = [one, other];
    const near = sides.flatMap((side) =>
      side === null ? [] : [side.origin.file, ...side.origin.via.map(({ file }) => file)],
    );
    const places = fields.flatMap(({ before, after }) =>
      [before?.place.file ?? [], after?.place.file ?? []].flat(),
    );
    const found = [...near, ...places].filter(isChanged);
    const built = sides.flatMap((side, index) => (side === null ? [] : (inputs[index]?.(side) ?? [])));
    return [...new Set(found.length > 0 ? found : built)].sort(compareText);
  };
}

function inputsOf(
  { rendered }: Platform,
  isChanged: (file: string) => boolean,
): (resource: Resource) => string[] {
  const lists = new Map<string, string[][]>();
  for (const { objects, inputs } of [...rendered.builds.values(), ...rendered.sourceBuilds.values()]) {
    const changed = inputs.filter(isChanged);
    if (changed.length > 0) for (const object of objects) addTo(lists, keyOf(object), changed);
  }
  return ({ origin, kind, name }) =>
    (lists.get(`${origin.file}#${origin.line}#${kind}/${name}`) ?? []).flat();
}

function keyOf({ value, origin }: RenderedObject): string {
  return `${origin.file}#${origin.line}#${value.kind}/${textAt(value, 'metadata', 'name')}`;
}

type Causes = (one: Resource | null, other: Resource | null, fields: FieldChange[]) => string[];
