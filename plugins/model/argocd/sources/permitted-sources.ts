/** Which repositories a project permits. Source: `AppProject.IsSourcePermitted`. */
import { isDeny, matchWithDeny } from '../projects/gobwas-glob.ts';
import { normalizeGitUrl } from './git-url.ts';

/**
 * True where the list permits the repository: a deny entry that matches refuses it whatever else is listed;
 * a deny entry that does not match counts as permission; an empty list permits nothing.
 */
export function isSourcePermitted(sourceRepos: readonly string[], repoUrl: string): boolean {
  const wanted = normalizeGitUrl(repoUrl);
  let permitted = false;
  for (const entry of sourceRepos) {
    const pattern = isDeny(entry) ? `!${normalizeGitUrl(entry.slice(1))}` : normalizeGitUrl(entry);
    if (matchWithDeny(pattern, wanted, '/')) permitted = true;
    else if (isDeny(pattern)) return false;
  }
  return permitted;
}
