/** sprig's functions for paths and URLs. */
import { posix } from 'node:path';
import {
  type GoUrl,
  GoUrlError,
  hostnameOf,
  printGoUrl,
  readGoUrl,
  urlBytes,
  urlText,
  userinfoOf,
} from '../../base/index.ts';
import { type FunctionTable, fn } from '../go/functions.ts';
import { type GoMap, type GoValue, typeName } from '../go/values.ts';

const base = fn(['string'], (path) => {
  if (path === '') return '.';
  const trimmed = path.replace(/(?<!\/)\/+$/, '');
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
    const url = parsed(text, 'unable to parse url');
    return new Map<string, GoValue>(
      Object.entries({
        scheme: url.scheme,
        host: url.host,
        hostname: hostnameOf(url),
        path: url.path,
        query: url.query ?? '',
        opaque: url.opaque,
        fragment: url.fragment,
        userinfo: userinfoOf(url),
      }).map(([key, part]) => [key, urlText(part)]),
    );
  }),
  urlJoin: fn(['map'], (map) => {
    const part = (key: string): string => {
      const value = map.has(key) ? map.get(key) : '';
      if (typeof value === 'string') return urlBytes(value);
      throw new Error(`unable to parse ${key} key, must be of type string, but ${typeName(value)} found`);
    };
    const url: GoUrl = {
      scheme: part('scheme'),
      host: part('host'),
      path: part('path'),
      query: part('query') === '' ? null : part('query'),
      opaque: part('opaque'),
      fragment: part('fragment'),
      user: null,
      rawPath: '',
      bare: false,
    };
    const userinfo = part('userinfo');
    if (userinfo !== '')
      url.user = parsed(`proto://${urlText(userinfo)}@host`, 'unable to parse userinfo in dict').user;
    return printGoUrl(url);
  }),
};

function parsed(text: string, fault: string): GoUrl {
  try {
    return readGoUrl(text);
  } catch (error) {
    throw error instanceof GoUrlError ? new Error(`${fault}: ${error.message}`) : error;
  }
}

function clean(path: string): string {
  const result = posix.normalize(path);
  return result.length > 1 ? result.replace(/\/$/, '') : result;
}
