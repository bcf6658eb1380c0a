/** sprig's functions for paths and URLs. */
import { posix } from 'node:path';
import { type FunctionTable, fn } from '../go/functions.ts';
import { print } from '../go/print.ts';
import type { GoMap, GoValue } from '../go/values.ts';

const base = fn(['string'], (path) => {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
});
const dir = fn(['string'], (path) => clean(path.slice(0, path.lastIndexOf('/') + 1)));
const ext = fn(['string'], (path) => /\.[^./]*$/.exec(path)?.[0] ?? '');
const isAbs = fn(['string'], (path) => path.startsWith('/'));
const cleaned = fn(['string'], clean);

export const paths: FunctionTable = {
  base,
  dir,
  ext,
  isAbs,
  clean: cleaned,
  osBase: base,
  osDir: dir,
  osExt: ext,
  osIsAbs: isAbs,
  osClean: cleaned,
  urlParse: fn(['string'], (text): GoMap => {
    const found =
      /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:([^/?#@]*)@)?([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(
        text,
      );
    if (found === null) throw new Error(`unable to parse url: ${text}`);
    if (/^\[[^\]]*$/.test(found[3] ?? ''))
      throw new Error(`unable to parse url: parse "${text}": missing ']' in host`);
    const [, scheme = '', userinfo = '', host = '', path = '', query = '', fragment = ''] = found;
    const opaque = scheme !== '' && host === '' && path !== '' && !path.startsWith('/');
    return new Map<string, GoValue>([
      ['scheme', scheme.toLowerCase()],
      ['host', host],
      ['hostname', host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')],
      ['path', opaque ? '' : decode(path)],
      ['query', query],
      ['opaque', opaque ? path : ''],
      ['fragment', decode(fragment)],
      ['userinfo', userinfo],
    ]);
  }),
  urlJoin: fn(['map'], (map) => {
    const part = (key: string): string => (map.has(key) ? print(map.get(key)) : '');
    const scheme = part('scheme') === '' ? '' : `${part('scheme')}:`;
    if (part('opaque') !== '') return `${scheme}${part('opaque')}${tail(part('query'), part('fragment'))}`;
    const user = part('userinfo') === '' ? '' : `${part('userinfo')}@`;
    const host = part('host') === '' && user === '' && scheme === '' ? '' : `//${user}${part('host')}`;
    const path = encodeURI(part('path'));
    return `${scheme}${host}${host !== '' && path !== '' && !path.startsWith('/') ? '/' : ''}${path}${tail(part('query'), part('fragment'))}`;
  }),
};

const tail = (query: string, fragment: string): string =>
  (query === '' ? '' : `?${query}`) + (fragment === '' ? '' : `#${encodeURI(fragment)}`);

function clean(path: string): string {
  const result = posix.normalize(path);
  return result.length > 1 ? result.replace(/\/$/, '') : result;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(`unable to parse url: invalid URL escape in ${text}`);
  }
}
