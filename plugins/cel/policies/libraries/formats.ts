/** `format.dns1123Label().validate(…)`. Source: `pkg/cel/library/format.go` of k8s.io/apiserver. */
import { Optional } from '@marcbachmann/cel-js';
import { parseGoUrl } from '../../../base/index.ts';
import { type Library, registerAll, registerNamespace } from './library.ts';

class Format {
  readonly faults: (text: string) => string[];
  constructor(faults: (text: string) => string[]) {
    this.faults = faults;
  }
}

export const formatsLibrary: Library = (environment) => {
  const type = 'kubernetes.NamedFormat';
  environment.registerType(type, Format);
  const namespace = registerNamespace(environment, 'format');
  registerAll(environment, {
    [`${namespace}.named(string): optional<${type}>`]: (_: unknown, name: string) =>
      Object.hasOwn(formats, name) ? Optional.of(formats[name]) : Optional.none(),
    [`${type}.validate(string): optional<list<string>>`]: (format: Format, text: string) => {
      const faults = format.faults(text);
      return faults.length === 0 ? Optional.none() : Optional.of(faults);
    },
  });
  for (const [name, format] of Object.entries(formats))
    environment.registerFunction(`${namespace}.${name}(): ${type}`, () => format);
};

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const name = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

const dns1123Label = checked(
  new RegExp(`^${label}$`),
  63,
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
);
const dns1123Subdomain = checked(
  new RegExp(`^${label}(\\.${label})*$`),
  253,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
);
const dns1035Label = checked(
  /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  63,
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
);
const labelValue = checked(
  new RegExp(`^(${name})?$`),
  63,
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
);
const namePart = checked(
  new RegExp(`^${name}$`),
  63,
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
);

const formats: Record<string, Format> = {
  dns1123Label,
  dns1123Subdomain,
  dns1035Label,
  dns1123LabelPrefix: prefix(dns1123Label),
  dns1123SubdomainPrefix: prefix(dns1123Subdomain),
  dns1035LabelPrefix: prefix(dns1035Label),
  labelValue,
  qualifiedName: new Format((text) => {
    const parts = text.split('/');
    if (parts.length > 2)
      return ["a qualified name must have a name and an optional DNS subdomain prefix and '/'"];
    return [
      ...(parts.length === 2 ? dns1123Subdomain.faults(parts[0] ?? '') : []),
      ...namePart.faults(parts.at(-1) ?? ''),
    ];
  }),
  uri: new Format((text) => {
    const found = text === '' ? null : parseGoUrl(text.replaceAll('#', '%23'));
    return found !== null && (found.scheme !== '' || text.startsWith('/')) ? [] : ['invalid URI for request'];
  }),
  uuid: checked(
    /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
    64,
    'does not match the UUID format',
  ),
  byte: checked(
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    Number.POSITIVE_INFINITY,
    'invalid base64',
  ),
  date: new Format((text) => (isDate(text) ? [] : ['invalid date'])),
  datetime: new Format((text) =>
    isDate(text.slice(0, 10)) &&
    /^[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/.test(text.slice(10))
      ? []
      : ['invalid datetime'],
  ),
};

function checked(pattern: RegExp, most: number, says: string): Format {
  return new Format((text) => [
    ...(text.length > most ? [`must be no more than ${most} characters`] : []),
    ...(pattern.test(text) ? [] : [says]),
  ]);
}

/** What comes before a generated part may end with a dash. */
function prefix(format: Format): Format {
  return new Format((text) => format.faults(/-$/.test(text) ? `${text.slice(0, -1)}a` : text));
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
