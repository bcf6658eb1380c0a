/**
 * Finds and hides logins in addresses of sources. A password or a token in one belongs to somebody, and
 * nothing here uses it: content is fetched with the logins of whoever runs the command.
 */
import type { JsonObject, JsonPath } from '../base/index.ts';
import { holdsPlaceholder } from './placeholder-text.ts';

/** Stands in the place of a login: short in a value, as long as the login in the text of a file. */
export const loginMark = '•••';

/**
 * True of a field that names where something comes from (or whose entries do), and of the value of a patch
 * operation that writes such a field.
 */
export function isAddressField(path: JsonPath, holder: JsonObject | null = null): boolean {
  const [field, entry] = [path.at(-1), path.at(-2)];
  if (field === 'value' && typeof holder?.path === 'string') return isAddressField(holder.path.split('/'));
  return fields.has(String(/^(?:\d+|-)$/.test(String(field)) ? entry : field));
}

/** True of a text that may be a manifest, a patch or values itself, with addresses of sources in it. */
export function mayHoldAddresses(text: string): boolean {
  return text.includes('://') && /[\n{[]/.test(text);
}

/** The logins in a value, as they are written. */
export function loginWords(value: string): string[] {
  const ranges = mayHoldAddresses(value) ? loginsIn(value) : loginsOf(value, query);
  return ranges.map(({ from, to }) => value.slice(from, to));
}

/**
 * The address with a mark in the place of its login: user and password (for SSH the password alone), a user
 * as long as a token, and values of a query that are called a token or a signature. A placeholder, which a
 * set-up fills in, is left as it is.
 */
export function withoutLogin(address: string): string {
  return marked(address, loginsOf(address, query));
}

/** A text that is a manifest, a patch or values, with the same marks. */
export function withoutLogins(text: string): string {
  return marked(text, loginsIn(text));
}

/**
 * The places of logins in such a text, in whatever field, as only an engine knows what becomes of one.
 * Addresses that are no sources (a database, say) are left alone.
 */
export function loginsIn(text: string): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf('://'); at >= 0; ) {
    const start = at + '://'.length;
    const next = text.indexOf('://', start);
    const [scheme = ''] = /[a-z][a-z0-9+]*$/i.exec(text.slice(Math.max(0, at - longestScheme), at)) ?? [];
    if (schemes.has(scheme.toLowerCase())) {
      const end = Math.min(start + longestAddress, next < 0 ? text.length : next);
      const [rest = ''] = /^[^\s"'`<>\\]*/.exec(text.slice(start, end)) ?? [];
      const from = at - scheme.length;
      for (const one of loginsOf(`${scheme}://${rest}`, queryInText))
        found.push({ from: from + one.from, to: from + one.to });
    }
    at = next;
  }
  return found;
}

function loginsOf(address: string, query: RegExp): Range[] {
  const found: Range[] = [];
  const [whole, before = '', scheme = '', user = '', password] = login.exec(address) ?? [];
  const isLogin =
    whole !== undefined && (password === undefined ? user.length >= tokenLength : password !== '');
  const kept = scheme.toLowerCase() === 'ssh' && password !== undefined ? user.length + 1 : 0;
  if (isLogin && !holdsPlaceholder(whole) && !isVariable.test(password ?? user))
    found.push({ from: before.length + kept, to: whole.length - 1 });
  for (const { index, 1: name = '', 2: value = '' } of address.matchAll(query))
    if (!holdsPlaceholder(value) && !isVariable.test(value))
      found.push({ from: index + name.length, to: index + name.length + value.length });
  return found;
}

function marked(text: string, logins: readonly Range[]): string {
  const ends = [0, ...logins.map(({ to }) => to)];
  const parts = ends.map((end, index) => text.slice(end, logins[index]?.from ?? text.length));
  return parts.join(loginMark);
}

const fields = new Set([
  ...['repoURL', 'url', 'repo', 'repository', 'valuesFile', 'sourceRepos', 'valueFiles'],
  ...['additionalValuesFiles', 'resources', 'bases', 'components', 'crds'],
]);
const schemes = new Set(['http', 'https', 'git+http', 'git+https', 'ssh', 'git+ssh', 'git', 'oci']);
const longestScheme = Math.max(...[...schemes].map((scheme) => scheme.length));
const longestAddress = 2000;
const login = /^(\W*(?:git::)?([a-z][a-z0-9+.-]*):\/\/)([^/@:\s•]+)(?::([^/@\s•]*))?@/i;
const secretNames = '[?&](?:(?:access|private|auth|job)_token|token|sig|x-amz-signature)=';
const query = new RegExp(`(${secretNames})([^&#•]+)`, 'gi');
/** In a text an address ends where a bracket or a comma closes it. */
const queryInText = new RegExp(`(${secretNames})([^&#•,)\\]}]+)`, 'gi');
/** What a shell or a format fills in. */
const isVariable = /^(?:\$\w+|%[sv])$/;
/** No token of GitHub, GitLab or Bitbucket is shorter. */
const tokenLength = 20;

interface Range {
  from: number;
  to: number;
}
