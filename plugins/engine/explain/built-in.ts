import type { Resource } from '../../model/index.ts';
import { type Making, makingsOf, type Platform } from '../../platform/index.ts';

/**
 * Of what several folders make of one document, each perhaps for another cluster: the folder whose making is
 * told, and those that make the same or something else; null of what one folder makes, or a deployer has.
 */
export function builtIn({ id, deployer }: Resource, platform: Platform): BuiltIn | null {
  const builds = deployer === null ? (makingsOf(platform).get(id) ?? []) : [];
  const told = builds.find(({ isHeld }) => isHeld);
  if (told === undefined || builds.length < 2) return null;
  const text = JSON.stringify(told.resource.rendered);
  const others = builds.filter((one) => one !== told);
  const isSame = ({ resource }: Making) => JSON.stringify(resource.rendered) === text;
  const folders = (some: readonly Making[]) => some.map(({ directory }) => directory);
  return {
    folder: told.directory,
    same: folders(others.filter(isSame)),
    other: folders(others.filter((one) => !isSame(one))),
  };
}

export interface BuiltIn {
  folder: string;
  same: string[];
  other: string[];
}
