import { join } from 'node:path';
import type { Resource } from '../../plugins/model/index.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';

/** The fixture's platform. */
export function platformOf(name: string): Promise<Platform> {
  return loadPlatform({ root: join(import.meta.dirname, '../fixtures', name) });
}

export function get(platform: Platform, id: string): Resource {
  const resource = platform.resource(id);
  if (!resource)
    throw new Error(`no ${id} among ${platform.model.resources.map((one) => one.id).join(', ')}`);
  return resource;
}

/** `file:line` of a place. */
export function at(place: { file: string; line: number }): string {
  return `${place.file}:${place.line}`;
}
