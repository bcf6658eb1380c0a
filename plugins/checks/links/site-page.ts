import { isBelow, realOf } from '../../base/index.ts';
import type { Config } from '../../source/index.ts';

/** Whether a file is one of the docs, of which a site makes pages. */
export function isOnSite(path: string, { docs }: Config): boolean {
  return isBelow(realOf(docs), realOf(path));
}
