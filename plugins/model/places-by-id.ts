import { whileAlike } from '../base/index.ts';
import type { Resource } from './types.ts';

/** Where in a list each of its resources is; most edits leave that as it was. */
export const placesById = whileAlike(
  (one: Resource, other: Resource) => one.id === other.id,
  (resources) => new Map(resources.map(({ id }, place) => [id, place])),
);
