/**
 * Go's `net/url`, whose quirks decide what an AppProject permits and what a template makes of an address:
 * Parse, and String of what it parsed. Works on UTF-8 bytes, held as a string of characters below 256.
 */

/** Null where Go gives an error. */
export function parseGoUrl(text: string): GoUrl | null {
  try {
    return readGoUrl(text);
  } catch (error) {
    if (error instanceof GoUrlError) return null;
    throw error;
  }
}

/** @throws GoUrlError in Go's words. */
export function readGoUrl(text: string): GoUrl {
  try {
    return parse(Buffer.from(text, 'utf8').toString('latin1'));
  } catch (error) {
    if (error instanceof GoUrlError) throw new GoUrlError(`parse ${JSON.stringify(text)}: ${error.message}`);
    throw error;
  }
}

/** A part of a URL as a text, which it is not while it is bytes. */
export const urlText = (part: string): string => Buffer.from(part, 'latin1').toString('utf8');
export const urlBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** The host without its port and brackets. */
export function hostnameOf({ host }: GoUrl): string {
  return host.replace(/:\d*$/, '').replace(/^\[([\s\S]*)\]$/, '$1');
}

/** `user:password`, as a URL has it. */
export function userinfoOf({ user }: GoUrl): string {
  if (user === null) return '';
  const password = user.password === null ? '' : `:${encode(user.password, 'user')}`;
  return encode(user.name, 'user') + password;
}

function parse(raw: string): GoUrl {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses exactly these.
  if (/[\x00-\x1f\x7f]/.test(raw)) throw new GoUrlError('net/url: invalid control character in URL');
  const [main, fragmentText] = cut(raw, '#');
  const url: GoUrl = {
    scheme: '',
    opaque: '',
    user: null,
    host: '',
    path: '',
    rawPath: '',
    query: null,
    fragment: '',
    bare: false,
  };
  if (main === '*') return { ...url, path: '*' };
  const scheme = splitScheme(main);
  url.scheme = scheme.scheme;
  let [rest, query] = cut(scheme.rest, '?');
  url.query = query;
  if (!rest.startsWith('/') && url.scheme !== '') url.opaque = rest;
  else {
    if (!rest.startsWith('/') && (rest.split('/')[0] ?? '').includes(':'))
      throw new GoUrlError('first path segment in URL cannot contain colon');
    if ((url.scheme !== '' || !rest.startsWith('///')) && rest.startsWith('//')) {
      const slash = rest.indexOf('/', 2);
      const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
      rest = slash < 0 ? '' : rest.slice(slash);
      setAuthority(url, authority);
    } else if (url.scheme !== '' && rest.startsWith('/')) url.bare = true;
    const path = decode(rest, 'path');
    url.path = path;
    url.rawPath = encode(path, 'path') === rest ? '' : rest;
  }
  if (fragmentText !== null) url.fragment = decode(fragmentText, 'fragment');
  return url;
}

/** As Go prints it: a raw path that is validly encoded stays, any other is encoded anew. */
export function printGoUrl(url: GoUrl): string {
  let out = url.scheme === '' ? '' : `${url.scheme}:`;
  if (url.opaque !== '') out += url.opaque;
  else {
    if (
      (url.scheme !== '' || url.host !== '' || url.user !== null) &&
      !(url.bare && url.host === '' && url.user === null)
    ) {
      if (url.host !== '' || url.path !== '' || url.user !== null) out += '//';
      if (url.user !== null) out += `${userinfoOf(url)}@`;
      out += encode(url.host, 'host');
    }
    const path = escapedPath(url);
    if (path !== '' && !path.startsWith('/') && url.host !== '') out += '/';
    if (out === '' && (path.split('/')[0] ?? '').includes(':')) out += './';
    out += path;
  }
  if (url.query !== null) out += `?${url.query}`;
  if (url.fragment !== '') out += `#${encode(url.fragment, 'fragment')}`;
  return Buffer.from(out, 'latin1').toString('utf8');
}

function escapedPath(url: GoUrl): string {
  const valid = /^(?:[\w\-.~!$&'()*+,;=:@[\]/]|%[0-9a-fA-F]{2})*$/.test(url.rawPath);
  if (url.rawPath !== '' && valid && decode(url.rawPath, 'path') === url.path) return url.rawPath;
  return url.path === '*' ? '*' : encode(url.path, 'path');
}

function splitScheme(text: string): { scheme: string; rest: string } {
  if (text.startsWith(':')) throw new GoUrlError('missing protocol scheme');
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  if (match?.[1] === undefined) return { scheme: '', rest: text };
  return { scheme: match[1].toLowerCase(), rest: text.slice(match[0].length) };
}

function setAuthority(url: GoUrl, authority: string): void {
  const mark = authority.lastIndexOf('@');
  url.host = parseHost(authority.slice(mark + 1));
  if (mark < 0) return;
  const info = authority.slice(0, mark);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(info)) throw new GoUrlError('net/url: invalid userinfo');
  const [name, password] = cut(info, ':');
  url.user = { name: decode(name, 'user'), password: password === null ? null : decode(password, 'user') };
}

function parseHost(host: string): string {
  const isBracketed = host.startsWith('[');
  const close = host.lastIndexOf(']');
  if (isBracketed && close < 0) throw new GoUrlError("missing ']' in host");
  const colon = host.lastIndexOf(':');
  const port = isBracketed ? host.slice(close + 1) : colon < 0 ? '' : host.slice(colon);
  if (!/^(:\d*)?$/.test(port)) throw new GoUrlError(`invalid port ${JSON.stringify(port)} after host`);
  return decode(host, 'host');
}

function decode(text: string, mode: Mode): string {
  const wrong = /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text)?.[0];
  if (wrong !== undefined) throw new GoUrlError(`invalid URL escape ${JSON.stringify(wrong)}`);
  if (mode === 'host') {
    // Only bytes beyond ASCII (and %25) may be encoded in a host, and characters that need encoding may not
    // stand there.
    const encoded = /%(?!25)[0-7]./.exec(text)?.[0];
    if (encoded !== undefined) throw new GoUrlError(`invalid URL escape ${JSON.stringify(encoded)}`);
    for (const char of text)
      if (char !== '%' && char.charCodeAt(0) < 0x80 && mustEscape(char, 'host'))
        throw new GoUrlError(`invalid character ${JSON.stringify(char)} in host name`);
  }
  return text.replace(/%([0-9a-fA-F]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function encode(text: string, mode: Mode): string {
  return Array.from(text, (char) =>
    mustEscape(char, mode) ? `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : char,
  ).join('');
}

function mustEscape(char: string, mode: Mode): boolean {
  if (/[A-Za-z0-9\-_.~]/.test(char)) return false;
  if (mode === 'host') return !'!$&\'()*+,;=:[]<>"'.includes(char);
  if ('$&+,/:;=?@'.includes(char)) {
    if (mode === 'path') return char === '?';
    return mode === 'user' && '@/?:'.includes(char);
  }
  return !(mode === 'fragment' && '!()*'.includes(char));
}

function cut(text: string, mark: string): [string, string | null] {
  const index = text.indexOf(mark);
  return index < 0 ? [text, null] : [text.slice(0, index), text.slice(index + 1)];
}

/** Go refuses the address. */
export class GoUrlError extends Error {}

type Mode = 'path' | 'host' | 'user' | 'fragment';
export interface GoUrl {
  scheme: string;
  opaque: string;
  user: { name: string; password: string | null } | null;
  host: string;
  path: string;
  rawPath: string;
  query: string | null;
  fragment: string;
  /** `scheme:/path`: no authority was written. */
  bare: boolean;
}
