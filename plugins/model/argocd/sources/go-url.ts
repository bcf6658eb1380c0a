/**
 * The part of Go's `net/url` whose quirks decide what a project permits: Parse, and String of what it parsed.
 * Works on UTF-8 bytes, held as a string of characters below 256.
 */

/** Null where Go gives an error. */
export function parseGoUrl(text: string): GoUrl | null {
  const raw = Buffer.from(text, 'utf8').toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses exactly these.
  if (/[\x00-\x1f\x7f]/.test(raw)) return null;
  const [main, fragmentText] = cut(raw, '#');
  const fragment = fragmentText === null ? '' : decode(fragmentText, 'fragment');
  if (fragment === null) return null;
  const url: GoUrl = {
    scheme: '',
    opaque: '',
    user: null,
    host: '',
    path: '',
    rawPath: '',
    query: null,
    fragment,
    bare: false,
  };
  if (main === '*') return { ...url, path: '*' };
  const scheme = splitScheme(main);
  if (scheme === null) return null;
  url.scheme = scheme.scheme;
  let [rest, query] = cut(scheme.rest, '?');
  url.query = query;
  if (!rest.startsWith('/')) {
    if (url.scheme !== '') return { ...url, opaque: rest };
    if ((rest.split('/')[0] ?? '').includes(':')) return null;
  }
  if ((url.scheme !== '' || !rest.startsWith('///')) && rest.startsWith('//')) {
    const slash = rest.indexOf('/', 2);
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash < 0 ? '' : rest.slice(slash);
    if (!setAuthority(url, authority)) return null;
  } else if (url.scheme !== '' && rest.startsWith('/')) url.bare = true;
  const path = decode(rest, 'path');
  if (path === null) return null;
  url.path = path;
  url.rawPath = encode(path, 'path') === rest ? '' : rest;
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
      if (url.user !== null) {
        out += encode(url.user.name, 'user');
        out += url.user.password === null ? '@' : `:${encode(url.user.password, 'user')}@`;
      }
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

function splitScheme(text: string): { scheme: string; rest: string } | null {
  if (text.startsWith(':')) return null;
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  if (match?.[1] === undefined) return { scheme: '', rest: text };
  return { scheme: match[1].toLowerCase(), rest: text.slice(match[0].length) };
}

function setAuthority(url: GoUrl, authority: string): boolean {
  const mark = authority.lastIndexOf('@');
  const host = parseHost(authority.slice(mark + 1));
  if (host === null) return false;
  url.host = host;
  if (mark < 0) return true;
  const info = authority.slice(0, mark);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(info)) return false;
  const [nameText, passwordText] = cut(info, ':');
  const name = decode(nameText, 'user');
  const password = passwordText === null ? null : decode(passwordText, 'user');
  if (name === null || (passwordText !== null && password === null)) return false;
  url.user = { name, password };
  return true;
}

function parseHost(host: string): string | null {
  if (host.startsWith('[')) {
    const close = host.lastIndexOf(']');
    if (close < 0 || !/^(:\d*)?$/.test(host.slice(close + 1))) return null;
  } else {
    const colon = host.lastIndexOf(':');
    if (colon >= 0 && !/^:\d*$/.test(host.slice(colon))) return null;
  }
  return decode(host, 'host');
}

function decode(text: string, mode: Mode): string | null {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return null;
  if (mode === 'host') {
    // Only bytes beyond ASCII (and %25) may be encoded in a host, and characters that need encoding may not
    // stand there.
    if (/%(?!25)[0-7]/.test(text)) return null;
    for (const char of text)
      if (char !== '%' && char.charCodeAt(0) < 0x80 && mustEscape(char, 'host')) return null;
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
