/**
 * `url()`. Source: `pkg/cel/library/urls.go` of k8s.io/apiserver, which asks Go for an absolute URL or path.
 */
import { type GoUrl, hostnameOf, parseGoUrl, printGoUrl, urlBytes, urlText } from '../../../base/index.ts';
import { type Library, refused, registerAll } from './library.ts';

class Url {
  readonly value: GoUrl;
  constructor(value: GoUrl) {
    this.value = value;
  }
}

export const urlsLibrary: Library = (environment) => {
  const type = 'kubernetes.URL';
  environment.registerType(type, Url);
  environment.registerOperator(
    `${type} == ${type}`,
    (a: Url, b: Url) => printGoUrl(a.value) === printGoUrl(b.value),
  );
  registerAll(environment, {
    [`url(string): ${type}`]: (text: string) => {
      const found = parse(text);
      if (found === null)
        throw refused(
          `URL parse error during conversion from string: parse "${text}": invalid URI for request`,
        );
      return new Url(found);
    },
    'isURL(string): bool': (text: string) => parse(text) !== null,
    [`${type}.getScheme(): string`]: ({ value }: Url) => value.scheme,
    [`${type}.getHost(): string`]: ({ value }: Url) => urlText(value.host),
    [`${type}.getHostname(): string`]: ({ value }: Url) => urlText(hostnameOf(value)),
    [`${type}.getPort(): string`]: ({ value }: Url) => /:(\d+)$/.exec(value.host)?.[1] ?? '',
    [`${type}.getEscapedPath(): string`]: ({ value }: Url) =>
      printGoUrl({ ...value, scheme: '', opaque: '', user: null, host: '', query: null, fragment: '' }),
    [`${type}.getQuery(): map<string, list<string>>`]: ({ value }: Url) => queryOf(value.query ?? ''),
  });
};

/** What a request could be for: a fragment is part of the path. */
function parse(text: string): GoUrl | null {
  const found = text === '' ? null : parseGoUrl(text.replaceAll('#', '%23'));
  return found === null || (found.scheme === '' && !text.startsWith('/')) ? null : found;
}

/** Pairs that do not decode are left out. */
function queryOf(query: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const at = pair.indexOf('=');
    const key = decoded(at < 0 ? pair : pair.slice(0, at));
    const value = decoded(at < 0 ? '' : pair.slice(at + 1));
    if (key !== null && value !== null) found.set(key, [...(found.get(key) ?? []), value]);
  }
  return found;
}

function decoded(text: string): string | null {
  if (/%(?![\da-fA-F]{2})/.test(text)) return null;
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%(..)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return urlText(bytes === text ? urlBytes(urlText(text)) : bytes);
}
