/** What is not read that speaks of one object, or of all that one deployer deploys. */
import { addTo, oncePer } from '../../base/index.ts';
import { type Platform, type UnreadPart, unreadParts } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';
import type { Subject } from '../subjects/index.ts';
import { fieldPart, type UnsureField } from './field-part.ts';

/** Fields of a subject that what is not read of its object speaks of. */
export function partialOf(subject: Subject, platform: Platform): readonly UnsureField[] {
  return partialFields(subject, placedParts(platform).partial);
}

/** What may change all that a deployer deploys. */
export function alteringOf(deployer: string | null, platform: Platform): UnreadPart[] | undefined {
  return deployer === null ? undefined : placedParts(platform).altering.get(deployer);
}

/** What the model leaves out of relations and of what policies say: it is no field of a manifest. */
export function leftOutOf(subject: Subject, platform: Platform): readonly UnsureField[] {
  return partialFields(subject, leftOut(platform));
}

/** Of an object of which a part was taken out, or differs each time: told where the object is made. */
function partialFields({ kind, resource }: Subject, parts: PlacedParts['partial']): readonly UnsureField[] {
  if (!resource || parts.size === 0) return [];
  return (parts.get(placeKey(resource.origin)) ?? []).flatMap((part) => {
    const { unverified } = part;
    if (unverified.kind !== 'partial') return [];
    const { object, fields, values = [] } = unverified;
    const isMeant = object === undefined || (object.kind === resource.kind && object.name === resource.name);
    if (!isMeant) return [];
    // What the model reads of a manifest that it knows more about is not followed further than to its labels.
    const isRead = kind !== 'resource' && values.some(([top]) => top !== 'metadata');
    return [...fields, ...(isRead ? ['*'] : [])]
      .map((name): UnsureField => ({ name, parts: [part] }))
      .concat(values.map((path) => ({ name: path.at(-1) ?? '*', path, parts: [part] })));
  });
}

const leftOut = oncePer(({ model }: Platform): PlacedParts['partial'] => {
  const found: PlacedParts['partial'] = new Map();
  for (const one of model.unverified)
    if (one.kind === 'partial' && one.origin !== null) addTo(found, placeKey(one.origin), fieldPart(one));
  return found;
});

/** The parts that speak of one object or of all of one deployer, so that none is held against every row. */
const placedParts = oncePer((platform: Platform): PlacedParts => {
  const placed: PlacedParts = { partial: new Map(), altering: new Map() };
  for (const part of unreadParts(platform)) {
    const { unverified, alters, deployer } = part;
    if (unverified.kind === 'partial' && unverified.origin !== null)
      addTo(placed.partial, placeKey(unverified.origin), part);
    if (alters && deployer !== null) addTo(placed.altering, deployer.id, part);
  }
  return placed;
});

function placeKey({ file, line, column }: Pick<Place, 'file' | 'line' | 'column'>): string {
  return `${line}:${column}:${file}`;
}

interface PlacedParts {
  /** What is not known of a part of an object, by where that is written. */
  partial: Map<string, UnreadPart[]>;
  /** What may change all that a deployer deploys, by its id. */
  altering: Map<string, UnreadPart[]>;
}
