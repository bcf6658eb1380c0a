import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { isInside, realAsFar, realOf } from '../../base/index.ts';

/**
 * Where what is kept between runs lives: the folder that PLUMBLINE_CACHE names, else with the user's other
 * caches. Null, for memory alone, where those lie in the repository that is read: whoever writes there could
 * write our answers, and our engines. A folder that the caller names is the caller's to keep from others.
 */
export function cacheDirectory(root: string): string | null {
  const named = process.env.PLUMBLINE_CACHE;
  if (named) return resolve(named);
  const folder = join(userCaches(), 'plumbline');
  return isInside(realOf(root), realAsFar(folder)) ? null : folder;
}

/** As each system has it; a relative XDG_CACHE_HOME is to be ignored (XDG Base Directory Specification). */
function userCaches(): string {
  const { XDG_CACHE_HOME: own, LOCALAPPDATA: local } = process.env;
  if (own && isAbsolute(own)) return own;
  if (process.platform === 'win32') return local || join(homedir(), 'AppData', 'Local');
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}
