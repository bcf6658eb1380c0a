/**
 * Addresses of sources that say who asks. A password or a token in one is somebody's, and nothing here has a
 * use for it: what is brought is brought with the logins of whoever runs it.
 */
import type { JsonPath } from '../base/index.ts';
import { holdsPlaceholder } from './placeholder-text.ts';

/** What stands in the place of a login, in a value and, as long as that is, in the text of a file. */
export const loginMark = '•••';

/** True of a field, or of the entries of one, that names where something comes from. */
export function isAddressField(path: JsonPath): boolean {
  const [field, entry] = [path.at(-1), path.at(-2)];
  return fields.has(String(typeof field === 'number' ? entry : field));
}

/**
 * The address with a mark in the place of its login: user and password, of SSH the password alone, a user as
 * long as a token, and values of a query that are called a token or a signature. One that a set-up fills in
 * is nobody's yet.
 */
export function withoutLogin(address: string): string {
  const [whole, before = '', scheme = '', user = '', password] = login.exec(address) ?? [];
  const isLogin =
    whole !== undefined && (password === undefined ? user.length >= tokenLength : password !== '');
  const kept = scheme.toLowerCase() === 'ssh' && password !== undefined ? `${user}:` : '';
  if (whole !== undefined && isLogin && !holdsPlaceholder(whole))
    return `${before}${kept}${loginMark}@${address.slice(whole.length)}`;
  return address.replace(query, (parameter: string, name: string, value: string) =>
    holdsPlaceholder(value) ? parameter : `${name}${loginMark}`,
  );
}

const fields = new Set([
  ...['repoURL', 'url', 'repo', 'repository', 'valuesFile', 'sourceRepos', 'valueFiles'],
  ...['additionalValuesFiles', 'resources', 'bases', 'components', 'crds'],
]);
const login = /^(\W*(?:git::)?([a-z][a-z0-9+.-]*):\/\/)([^/@:\s•]+)(?::([^/@\s•]*))?@/i;
const query = /([?&](?:(?:access|private|auth|job)_token|token|sig|x-amz-signature)=)([^&#•]+)/gi;
/** Of GitHub's, GitLab's and Bitbucket's tokens none is shorter. */
const tokenLength = 20;
