import { addTo, oncePer } from '../../base/index.ts';
import type { Platform } from '../types.ts';
import type { UnreadPart } from './unread-part.ts';
import { unreadParts } from './unread-parts.ts';

/**
 * What something deploys out of a folder or a chart that is here and does not render, by the files in that:
 * what stands in them is deployed by it, in a form that is not known.
 */
export const unrenderedOver = oncePer((platform: Platform): ReadonlyMap<string, UnreadPart[]> => {
  const over = new Map<string, UnreadPart[]>();
  for (const part of unreadParts(platform)) {
    if (part.deployer === null || !part.isWritten) continue;
    for (const file of new Set(part.files))
      if (file !== part.unverified.origin?.file) addTo(over, file, part);
  }
  return over;
});
