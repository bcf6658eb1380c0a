import type { Places } from './remembered-places.ts';
import type { Sources } from './types.ts';

/** What was read, with where in it things are found. */
export function withPlaces(read: Omit<Sources, 'places' | 'remember'>, places: Places): Sources {
  return { ...read, places, remember: () => places.save(read.files) };
}
