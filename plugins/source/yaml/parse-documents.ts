import { isCollection, isScalar, type Node, Scalar } from 'yaml';
import { isObject, type JsonObject, type JsonPath, type JsonValue } from '../../base/index.ts';
import { loginMark, loginsIn, loginWords, mayHoldAddresses } from '../address-logins.ts';
import type { Place } from '../diagnostic.ts';
import { secretPaths } from '../redact.ts';
import type { Blank } from './blank.ts';
import { lineStarts, placeOf } from './line-places.ts';
import { type ConversionFault, type Converted, toJson } from './to-json.ts';
import { unclosedAt } from './unclosed.ts';
import { maxBroken, maxDocuments, nodeAt, parseYaml, type YamlDocument } from './yaml.ts';

/**
 * One file's text, parsed: what the model reads of it, what must not be shown, what is wrong. Depends on
 * nothing but its parameters and is plain JSON, so that it can be kept as long as the file's bytes are the
 * same. Holds no value of a Secret.
 */
export function parseFile(file: string, text: string): ParsedFile {
  const json = isJson(file);
  const starts = lineStarts(text);
  const parsed: ParsedFile = { documents: [], blanks: [], faults: [] };
  const yamls = parseYaml(text, { json });
  for (const [yaml, document] of yamls.slice(0, maxDocuments).entries()) {
    const from = document.range?.[0] ?? 0;
    const to = yamls[yaml + 1]?.range?.[0] ?? text.length;
    const place = (start: number, end: number) => placeOf(file, text, starts, start, end);
    const error = document.errors[0];
    if (error !== undefined) {
      // What cannot be read whole may be a Secret, whatever it calls itself.
      parsed.blanks.push({ from, to, values: true });
      const template = looksLikeTemplate(text.slice(from, to));
      const open = template ? undefined : unclosedAt(document, text);
      parsed.faults.push({
        kind: template ? 'template' : 'syntax',
        message:
          open === undefined ? shorten(error.message) : `the \`${text[open]}\` that opens here is not closed`,
        place: open === undefined ? place(error.pos[0], error.pos[1]) : place(open, open + 1),
        key: null,
      });
      continue;
    }
    const { value, faults, blanks } = readDocument(document, text, from, to);
    // What was not read whole may be a Secret as well; and of a key given twice only the last was read.
    const isDouble = faults.length > 0 && speaksOfSecrets(text.slice(from, to));
    const isWhole = !isDouble && faults.every(({ fatal, key }) => !fatal && key !== undefined);
    parsed.blanks.push(...(isWhole ? blanks : [...blanks, { from, to, values: true }]));
    for (const fault of faults) parsed.faults.push(toFault(fault, place));
    const [start, end] = document.contents?.range ?? [from, to];
    if (!isObject(value)) continue;
    const part = yamls.length > 1 && !json && from < to ? { part: [from, to] as [number, number] } : {};
    const apart = takeApart(value, yaml, document, place(start, end), place);
    parsed.documents.push(...apart.map((one) => ({ ...one, ...part })));
  }
  const isCut = yamls.filter(({ errors }) => errors.length > 0).length > maxBroken;
  if (isCut || yamls.length > maxDocuments) {
    const many = isCut ? `${maxBroken} documents that cannot be` : `${maxDocuments} documents`;
    const message = `holds more than ${many}${isCut ? ' read' : ''}; the rest is not read`;
    parsed.faults.push({ kind: 'limit', message, place: placeOf(file, text, starts, 0, 1), key: null });
    // Nobody knows whether the rest holds a Secret.
    parsed.blanks.push({ from: yamls.at(-1)?.range?.[0] ?? 0, to: text.length });
  }
  return { ...parsed, faults: firstOfEachKind(parsed.faults) };
}

/** What it would be of another file of the same bytes; a text is read as JSON by its name. */
export function asOf(file: string, parsed: ParsedFile): ParsedFile {
  const copy = structuredClone(parsed);
  for (const { place } of [...copy.documents, ...copy.faults]) place.file = file;
  return copy;
}

export function isJson(file: string): boolean {
  return /\.json$/i.test(file);
}

/**
 * A file can be wrong once a line, and a template is one all over: the last one told of a kind says how many
 * more there are.
 */
function firstOfEachKind(faults: FileFault[]): FileFault[] {
  return [...Map.groupBy(faults, ({ kind }) => kind)].flatMap(([kind, all]) => {
    const told = all.slice(0, kind === 'template' ? 1 : maxFaults);
    const last = told.at(-1);
    if (last !== undefined && all.length > told.length) last.untold = all.length - told.length;
    return told;
  });
}

/** A document's value without secrets, and the ranges of text that hold them. */
function readDocument(document: YamlDocument, text: string, from: number, to: number) {
  const plain = toJson(document.contents);
  const part = text.slice(from, to);
  const secrets = secretPaths(asRead(plain, part));
  // A comment anywhere in it may be a value that was commented out.
  const comments: Blank = { from: text.slice(0, from).includes('\n---') ? from : 0, to, comments: true };
  if (secrets.length === 0) return { ...plain, blanks: speaksOfSecrets(part) ? [comments] : [] };
  const hidden = new Map<unknown, string>();
  let complete = true;
  for (const { path, replacement } of secrets) {
    const node = nodeAt(document, path);
    if (isScalar(node) || isCollection(node)) hidden.set(node, replacement);
    else complete = false;
  }
  // Where a secret cannot be found in the text (a merge of merges), nothing of the document is shown.
  const merges: Blank[] = /<<["']?\s*:/.test(part) ? [{ from, to, values: true }] : [];
  const isMore = speaksOfSecrets(part) || secrets.some(({ replacement }) => !replacement.includes(loginMark));
  const around = isMore ? [comments, ...merges] : merges;
  const blanks = complete ? [...blanksOf([...hidden], text), ...around] : [{ from, to }];
  const redacted = toJson(document.contents, hidden);
  const left = secretPaths(redacted.value).filter(({ path }) => valueAt(redacted.value, path) !== '');
  const safe = complete && left.length === 0;
  return { value: safe ? redacted.value : null, faults: redacted.faults, blanks };
}

/** The value as it would have to be read with two kinds of which one is a Secret: as that. */
function asRead({ value, faults }: Converted, part: string): JsonValue {
  const isEither = isObject(value) && faults.some(({ key }) => key === 'kind') && speaksOfSecrets(part);
  return isEither ? { ...value, kind: 'Secret' } : value;
}

/** A text in which a Secret is made, or was before somebody commented it out. */
function speaksOfSecrets(part: string): boolean {
  return /\bkind["']?\s*:[^\n]*\bSecret\b|\bstringData\b/.test(part);
}

function blanksOf(hidden: [unknown, string][], text: string): Blank[] {
  const blanks: Blank[] = [];
  for (const [node, replacement] of hidden) {
    if (!isScalar(node)) {
      const [from, to] = (node as Node).range ?? [0, 0];
      blanks.push({ from, to });
      continue;
    }
    const scalar = node as Scalar;
    const [start, end] = scalar.range ?? [0, 0];
    const header = scalar.type === Scalar.BLOCK_LITERAL || scalar.type === Scalar.BLOCK_FOLDED;
    // Only what the text begins with may stay in it, and what stands behind a login.
    const [before = '', after = ''] = replacement.split(loginMark);
    const source = String(scalar.source ?? '');
    const logins = replacement.includes(loginMark) ? loginsWithin(text, start, end, source) : [];
    if (logins.length > 0) {
      blanks.push(...logins);
      continue;
    }
    const isSame = source.startsWith(before) && source.endsWith(after);
    const [shown, rest] = isSame ? [before.length, after.length] : [0, 0];
    const quoted = scalar.type === Scalar.QUOTE_DOUBLE || scalar.type === Scalar.QUOTE_SINGLE;
    if (header) blanks.push({ from: text.indexOf('\n', start) + 1 || end, to: end });
    else if (quoted) blanks.push({ from: start + 1 + shown, to: end - 1 - rest });
    else blanks.push({ from: start + shown, to: end - rest });
  }
  return blanks;
}

/** Those of a text that is a value, where it is written; none where they stand there in other letters. */
function loginsWithin(text: string, start: number, end: number, value: string): Blank[] {
  if (!mayHoldAddresses(value)) return [];
  const found = loginsIn(text.slice(start, end)).map(({ from, to }) => ({
    from: start + from,
    to: start + to,
  }));
  const written = found.map(({ from, to }) => text.slice(from, to));
  return written.join('\n') === loginWords(value).join('\n') ? found : [];
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
    message: kind === 'syntax' ? shorten(fault.message) : fault.message,
    place: place(fault.offset, fault.offset + 1),
    key: fault.key ?? null,
  };
}

function looksLikeTemplate(text: string): boolean {
  return /\{\{|\{%/.test(text);
}

/** The parser's own words in one line, without what it quotes of the text. */
function shorten(message: string): string {
  const line = (message.split('\n')[0] ?? '').trim();
  const shown = line.replaceAll(/:? ?(?:"[^"]{2,}"?|'[^']{2,}'?)/g, '').replace(/(?<=[a-z)]): \S.*$/, '');
  return shown.length > 160 ? `${shown.slice(0, 157)}…` : shown;
}

/** Of one kind, in one file. */
const maxFaults = 100;

export interface ParsedFile {
  documents: ParsedDocument[];
  /** What of the text must not be shown. */
  blanks: Blank[];
  faults: FileFault[];
}

export interface ParsedDocument {
  /** Index of the YAML document, empty ones counted. */
  yaml: number;
  /** Offsets of its text, where that is not the whole file's. */
  part?: [from: number, to: number];
  /** Where in it the value is: `['items', 2]` of a list. */
  prefix: JsonPath;
  value: JsonObject;
  place: Place;
}

export interface FileFault {
  /** `unread`: nothing of the file was looked at. */
  kind: 'syntax' | 'template' | 'duplicate' | 'limit' | 'unread';
  /** The rest of a sentence about the file, or the parser's words. */
  message: string;
  place: Place;
  /** The key that is given twice. */
  key: string | null;
  /** What it is of which nothing was looked at. */
  unread?: 'large' | 'encrypted' | 'binary';
  /** How many more of its kind there are, which are left out. */
  untold?: number;
}
