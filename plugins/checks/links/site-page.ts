import { isBelow, realOf } from '../../base/index.ts';
import { realFolders } from '../../markdown/index.ts';
import type { Config } from '../../source/index.ts';

/** Whether a file is one of the docs, of which a site makes pages. */
export function isOnSite(path: string, config: Config): boolean {
  return isBelow(realFolders(config).docs, realOf(path));
}
