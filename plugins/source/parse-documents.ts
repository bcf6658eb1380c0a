import { isScalar, Scalar } from 'yaml';
import { isObject, type JsonObject, type JsonPath, type JsonValue } from '../base/index.ts';
import { type Blank, roughBlank } from './blank.ts';
import type { Place } from './diagnostic.ts';
import { lineStarts, placeOf } from './line-places.ts';
import { secretPaths } from './redact.ts';
import { type ConversionFault, toJson } from './to-json.ts';
import { nodeAt, parseYaml, type YamlDocument } from './yaml.ts';

/**
 * One file's text, parsed: what the model reads of it, what must not be shown, what is wrong. Depends on
 * nothing but its parameters and is plain JSON, so that it can be kept as long as the file's bytes are the
 * same. Holds no value of a Secret.
 */
export function parseFile(file: string, text: string): ParsedFile {
  const json = /\.json$/i.test(file);
  const starts = lineStarts(text);
  const parsed: ParsedFile = { documents: [], blanks: [], faults: [] };
  const yamls = parseYaml(text, { json });
  for (const [yaml, document] of yamls.slice(0, maxDocuments).entries()) {
    const from = document.range?.[0] ?? 0;
    const to = yamls[yaml + 1]?.range?.[0] ?? text.length;
    const place = (start: number, end: number) => placeOf(file, text, starts, start, end);
    const error = document.errors[0];
    if (error !== undefined) {
      const rough = roughBlank(text, from, to);
      if (rough) parsed.blanks.push(rough);
      const message = shorten(error.message, rough !== undefined);
      const template = looksLikeTemplate(text.slice(from, to));
      parsed.faults.push({
        kind: template ? 'template' : 'syntax',
        message,
        place: place(error.pos[0], error.pos[1]),
        key: null,
      });
      continue;
    }
    const { value, faults, blanks } = readDocument(document, text, from, to);
    parsed.blanks.push(...blanks);
    for (const fault of faults) parsed.faults.push(toFault(fault, place));
    const [start, end] = document.contents?.range ?? [from, to];
    if (isObject(value)) parsed.documents.push(...takeApart(value, yaml, document, place(start, end), place));
  }
  if (yamls.length > maxDocuments) {
    const message = `holds more than ${maxDocuments} documents; the rest is not read`;
    parsed.faults.push({ kind: 'limit', message, place: placeOf(file, text, starts, 0, 1), key: null });
  }
  return parsed;
}

/** A document's value without secrets, and the ranges of text that hold them. */
function readDocument(document: YamlDocument, text: string, from: number, to: number) {
  const plain = toJson(document.contents);
  const secrets = secretPaths(plain.value);
  if (secrets.length === 0) return { ...plain, blanks: [] };
  const hidden = new Map<unknown, string>();
  let complete = true;
  for (const { path, replacement } of secrets) {
    const node = nodeAt(document, path);
    if (isScalar(node)) hidden.set(node, replacement);
    else complete = false;
  }
  // Where a secret cannot be found in the text (a merge of merges), nothing of the document is shown.
  const blanks = complete ? blanksOf([...hidden], text, from) : [{ from, to }];
  const redacted = toJson(document.contents, hidden);
  const left = secretPaths(redacted.value).filter(({ path }) => valueAt(redacted.value, path) !== '');
  const safe = complete && left.length === 0;
  return { value: safe ? redacted.value : null, faults: redacted.faults, blanks };
}

function blanksOf(hidden: [unknown, string][], text: string, from: number): Blank[] {
  const blanks: Blank[] = [];
  for (const [node, replacement] of hidden) {
    const scalar = node as Scalar;
    const [start, end] = scalar.range ?? [0, 0];
    const header = scalar.type === Scalar.BLOCK_LITERAL || scalar.type === Scalar.BLOCK_FOLDED;
    const quoted = scalar.type === Scalar.QUOTE_DOUBLE || scalar.type === Scalar.QUOTE_SINGLE;
    if (header) blanks.push({ from: text.indexOf('\n', start) + 1 || end, to: end });
    else if (quoted) blanks.push({ from: start + 1 + replacement.length, to: end - 1 });
    else blanks.push({ from: start + replacement.length, to: end });
  }
  const offsets = blanks.map((blank) => blank.from);
  const first = Math.min(...offsets);
  const last = Math.max(...blanks.map((blank) => blank.to));
  // Values that are commented out stand between the others, or right under the key that holds them.
  const holder = Math.max(
    from,
    ...['data:', 'stringData:', 'literals:'].map((key) => text.lastIndexOf(key, first)),
  );
  blanks.push({ from: holder, to: last, comments: true });
  return blanks;
}

function valueAt(value: JsonValue, path: JsonPath): unknown {
  let current: unknown = value;
  for (const step of path) current = (current as Record<string | number, unknown> | null)?.[step];
  return typeof current === 'string' && current.endsWith('=') ? '' : current;
}

/**
 * `kind: List` and its likes (`ConfigMapList`, …) hold objects; a kind of another name with `items` does not.
 */
function takeApart(
  value: JsonObject,
  yaml: number,
  document: YamlDocument,
  whole: Place,
  place: (from: number, to: number) => Place,
): ParsedDocument[] {
  const { items } = value;
  if (!Array.isArray(items) || !isList(value, items)) return [{ yaml, prefix: [], value, place: whole }];
  return items.flatMap((item, index) => {
    const range = nodeAt(document, ['items', index])?.range;
    return isObject(item)
      ? [{ yaml, prefix: ['items', index], value: item, place: range ? place(range[0], range[1]) : whole }]
      : [];
  });
}

function isList(value: JsonObject, items: JsonValue[]): boolean {
  const { kind, apiVersion } = value;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') return false;
  if (kind === 'List') return true;
  return (
    kind.endsWith('List') &&
    items.length > 0 &&
    items.every((item) => isObject(item) && isObject(item.metadata))
  );
}

function toFault(fault: ConversionFault, place: (from: number, to: number) => Place): FileFault {
  const kind = fault.fatal
    ? 'limit'
    : fault.template
      ? 'template'
      : fault.key === undefined
        ? 'syntax'
        : 'duplicate';
  return {
    kind,
    message: fault.message,
    place: place(fault.offset, fault.offset + 1),
    key: fault.key ?? null,
  };
}

function looksLikeTemplate(text: string): boolean {
  return /\{\{|\{%/.test(text);
}

/** The parser's own words in one line; without quotations where the text holds a secret. */
function shorten(message: string, secret: boolean): string {
  const line = (message.split('\n')[0] ?? '').trim();
  const shown = secret ? line.replaceAll(/(:? ?)"[^"]{2,}"?|'[^']{2,}'?/g, '') : line;
  return shown.length > 160 ? `${shown.slice(0, 157)}…` : shown;
}

const maxDocuments = 20_000;

export interface ParsedFile {
  documents: ParsedDocument[];
  /** What of the text must not be shown. */
  blanks: Blank[];
  faults: FileFault[];
}

export interface ParsedDocument {
  /** Index of the YAML document, empty ones counted. */
  yaml: number;
  /** Where in it the value is: `['items', 2]` of a list. */
  prefix: JsonPath;
  value: JsonObject;
  place: Place;
}

export interface FileFault {
  kind: 'syntax' | 'template' | 'duplicate' | 'limit';
  /** The rest of a sentence about the file, or the parser's words. */
  message: string;
  place: Place;
  /** The key that is given twice. */
  key: string | null;
}
