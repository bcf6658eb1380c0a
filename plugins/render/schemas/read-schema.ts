/** What a values schema refers to. Source: `santhosh-tekuri/jsonschema` v6, which Helm has. */
import { compareText, isObject, type JsonObject, type JsonValue } from '../../base/index.ts';

/**
 * A schema with the places that lead to other ones. All of them count, as which of them Helm would come by
 * depends on what leads there. Null for what is no JSON, of which Helm says so itself, or is too deep.
 * @param base its own address, which references and identifiers in it are relative to.
 */
export function readSchema(text: string, base: string): ValuesSchema | null {
  let value: JsonValue;
  try {
    value = parseExactly(text);
  } catch {
    return null;
  }
  const found = placesIn(value, base);
  if (found === null) return null;
  const { places, own } = found;
  const addresses = new Set<string>();
  const refused = new Set<string>();
  const led: { place: SchemaPlace; address: string; fragment: string }[] = [];
  for (const place of places) {
    const target = place.base === null ? null : URL.parse(place.written, place.base);
    if (target === null) {
      refused.add(place.written);
      continue;
    }
    const fragment = target.hash;
    target.hash = '';
    const { href } = target;
    if (own.has(href) || isBuiltIn.test(href)) continue;
    // Helm takes whatever has such a name for a schema that anything fits.
    if (target.protocol === 'urn:') continue;
    // A query may be somebody's password, and would stand in the lock.
    const isAddress = /^https?:$/.test(target.protocol) && target.search === '';
    if (!isAddress) {
      refused.add(target.protocol === 'file:' ? target.pathname : place.written);
      continue;
    }
    target.username = '';
    target.password = '';
    addresses.add(target.href);
    led.push({ place, address: target.href, fragment });
  }
  return {
    addresses: [...addresses].sort(compareText),
    refused: [...refused].sort(compareText),
    write(to) {
      for (const { place, address, fragment } of led) place.holder[place.key] = `${to(address)}${fragment}`;
      return JSON.stringify(value);
    },
  };
}

/** Every reference, and the addresses that the schema calls parts of itself; null where it is too deep. */
function placesIn(value: JsonValue, base: string): Places | null {
  const places: SchemaPlace[] = [];
  const own = new Set([base]);
  // By hand and not by recursion: a schema may be as deep as it likes.
  const open: Open[] = [{ value, base, dialect: newest, isMap: false, isSchema: true, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: one, isMap } = next;
    const depth = next.depth + 1;
    if (depth > deepest) return null;
    if (Array.isArray(one)) {
      for (const item of one) open.push({ ...next, value: item, depth });
      continue;
    }
    if (!isObject(one)) continue;
    const dialect = isMap ? next.dialect : (dialectOf(one.$schema) ?? next.dialect);
    const inner = isMap ? next.base : baseOf(one, next.base, dialect);
    if (inner !== null && next.isSchema) own.add(inner);
    for (const [key, item] of Object.entries(one)) {
      // A pointer may make a schema of anything: what is none by itself is taken for none that is known.
      const isOwn = !isMap && next.base !== null;
      if (typeof item === 'string' && references.has(key) && (isOwn || !item.startsWith('#')))
        places.push({
          ...{ holder: one, key, written: item },
          base: isOwn ? (key === '$schema' ? next.base : inner) : null,
        });
      open.push({
        value: item,
        base: !isMap && values.has(key) ? null : inner,
        dialect,
        depth,
        isMap: !isMap && maps.has(key),
        isSchema:
          next.isSchema && (isMap || keywords.has(key) || key === (dialect < 2019 ? 'definitions' : '$defs')),
      });
    }
  }
  return { places, own };
}

/** What references below it are relative to; null where that is no address. */
function baseOf(one: JsonObject, base: string | null, dialect: number): string | null {
  // Beside a reference nothing else counted once.
  if (dialect < 2019 && typeof one.$ref === 'string') return base;
  const id = dialect === 4 ? one.id : one.$id;
  if (typeof id !== 'string' || id.startsWith('#') || base === null) return base;
  const found = URL.parse(id, base);
  if (found === null) return null;
  found.hash = '';
  return found.href;
}

function dialectOf(schema: JsonValue | undefined): number | null {
  const [, early, late] =
    (typeof schema === 'string' && /json-schema\.org\/draft(?:-0(\d)|\/(20\d\d))/.exec(schema)) || [];
  return early === undefined && late === undefined ? null : Number(early ?? late);
}

/** With each number as it is written, however large: it is written again as it was. */
function parseExactly(text: string): JsonValue {
  const parse = JSON.parse as (text: string, reviver: Reviver) => JsonValue;
  const { rawJSON } = JSON as unknown as { rawJSON(text: string): JsonValue };
  return parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? rawJSON(source) : value,
  );
}

const references = new Set(['$ref', '$schema', '$dynamicRef', '$recursiveRef']);
/** Of names to schemas. */
const maps = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  'dependencies',
  'definitions',
  '$defs',
]);
/** Below which a schema is one wherever nothing leads to it, with those of `maps` that all drafts have. */
const keywords = new Set([
  ...[
    'properties',
    'patternProperties',
    'dependentSchemas',
    'items',
    'additionalProperties',
    'allOf',
    'anyOf',
  ],
  ...['oneOf', 'not', 'if', 'then', 'else', 'contains', 'propertyNames', 'prefixItems'],
]);
const values = new Set(['const', 'enum', 'default', 'examples']);
/** Of the drafts that the compiler brings itself. */
const isBuiltIn =
  /^https?:\/\/json-schema\.org\/(schema|draft-0[467]\/schema|draft\/20(19-09|20-12)\/(schema|meta\/[\w-]+))$/;
const newest = 2020;
const deepest = 4000;

type Reviver = (key: string, value: JsonValue, context: { source?: string }) => JsonValue;

interface SchemaPlace {
  holder: JsonObject;
  key: string;
  written: string;
  /** Null where it is not known. */
  base: string | null;
}

interface Places {
  places: SchemaPlace[];
  own: ReadonlySet<string>;
}

interface Open {
  depth: number;
  value: JsonValue;
  base: string | null;
  dialect: number;
  /** Whether its keys are names. */
  isMap: boolean;
  /** Whether what identifies it counts. */
  isSchema: boolean;
}

export interface ValuesSchema {
  /** Addresses that Helm would fetch, without fragments and whoever asks, sorted. */
  addresses: string[];
  /** References that lead elsewhere: to files of the machine that Helm runs on, or nowhere. Sorted. */
  refused: string[];
  /** The schema with other addresses in the place of these. */
  write(to: (address: string) => string): string;
}
