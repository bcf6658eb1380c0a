import { Composer, type Document, isAlias, isMap, isSeq, type Node, type Pair, Parser } from 'yaml';
import type { JsonPath } from '../../base/index.ts';
import { isMergeKey, keysOf } from './to-json.ts';

/**
 * Every YAML document (or JSON value) of a text, with what the parser could not read in `errors`. Ranges are
 * offsets into `text`. Four things that Kubernetes' tools take and this parser refuses are mended first, each
 * without moving a character: tabs in JSON, several JSON values in a row, bare placeholder lines, and quoted
 * text whose next lines are indented less.
 */
export function parseYaml(text: string, options: { json?: boolean } = {}): YamlDocument[] {
  const documents = parse(text);
  if (!documents.some((document) => document.errors.length > 0)) return documents;
  for (const mend of options.json ? [mendJson, mendPlaceholders] : [mendPlaceholders, mendQuotes]) {
    const mended = mend(text, documents);
    if (mended !== undefined) return mended;
  }
  return documents;
}

/**
 * The node at a path, or its key; the last of two equal keys, as their value is. Follows aliases and `<<`.
 */
export function nodeAt(
  document: YamlDocument,
  path: JsonPath,
  options: { key?: boolean } = {},
): Node | undefined {
  let current: unknown = document.contents;
  let key: unknown;
  for (const step of path) {
    if (isAlias(current)) current = current.resolve(document);
    if (isSeq(current) && typeof step === 'number') {
      key = undefined;
      current = current.items[step];
    } else if (isMap(current)) {
      const pair = pairOf(current.items, String(step), document);
      if (pair === undefined) return undefined;
      key = pair.key;
      current = pair.value ?? pair.key;
    } else return undefined;
  }
  const found = (options.key ? (key ?? current) : current) as Node | null | undefined;
  return found?.range ? found : undefined;
}

function pairOf(pairs: Pair[], key: string, document: YamlDocument): Pair | undefined {
  const own = lastPairs(pairs).get(key);
  if (own !== undefined) return own;
  for (const merged of pairs.filter(isMergeKey)) {
    const sources = isSeq(merged.value) ? merged.value.items : [merged.value];
    for (const source of sources) {
      const map = isAlias(source) ? source.resolve(document) : source;
      const pair = isMap(map)
        ? pairOf(
            map.items.filter((item) => !isMergeKey(item)),
            key,
            document,
          )
        : undefined;
      if (pair !== undefined) return pair;
    }
  }
  return undefined;
}

/** The last pair of each key, however it is read: looked up for every value of a Secret. */
function lastPairs(pairs: Pair[]): ReadonlyMap<string, Pair> {
  const known = pairsByKey.get(pairs);
  if (known !== undefined) return known;
  const found = new Map<string, Pair>();
  for (const pair of pairs) for (const key of keysOf(pair.key)) found.set(key, pair);
  pairsByKey.set(pairs, found);
  return found;
}

const pairsByKey = new WeakMap<Pair[], ReadonlyMap<string, Pair>>();

/** As many documents as are read of one text, and one more where there are more. */
function parse(text: string): YamlDocument[] {
  // The parser's own check for equal keys compares each with each; `toJson` does it in one pass.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const documents: YamlDocument[] = [];
  let broken = 0;
  // A text may hold an error a character: where in the parser each was made is nobody's concern.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (const document of composer.compose(new Parser().parse(text))) {
      documents.push(document);
      if (document.errors.length > 0) broken += 1;
      if (documents.length > maxDocuments || broken > maxBroken) break;
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return documents;
}

/**
 * `{…}{…}` in one file, as `kubectl` takes it: each value is parsed alone, with blanks where the others are.
 */
function mendJson(text: string): YamlDocument[] | undefined {
  const plain = text.replaceAll('\t', ' ');
  const documents: YamlDocument[] = [];
  const values = jsonValues(plain);
  if (values.length * text.length > maxMended) return undefined;
  const blank = plain.replaceAll(/[^\n]/g, ' ');
  for (const [from, to] of values) documents.push(...parse(blank.slice(0, from) + plain.slice(from, to)));
  return documents.length > 0 && documents.every((document) => document.errors.length === 0)
    ? documents
    : undefined;
}

function jsonValues(text: string): [from: number, to: number][] {
  const values: [number, number][] = [];
  let depth = 0;
  let start = -1;
  for (let offset = 0; offset < text.length; offset++) {
    if (values.length > maxJsonValues) return [];
    const character = text.charAt(offset);
    if (character === '"') {
      while (++offset < text.length && text.charAt(offset) !== '"')
        if (text.charAt(offset) === '\\') offset++;
    } else if (character === '{' || character === '[') {
      if (depth++ === 0) start = offset;
    } else if ((character === '}' || character === ']') && --depth === 0) values.push([start, offset + 1]);
    else if (depth === 0 && !/\s/.test(character)) return [];
  }
  return depth === 0 && values.length <= maxJsonValues ? values : [];
}

/** Lines that only hold `${NAME}` or `<NAME>`: something fills them in before the manifest is applied. */
function mendPlaceholders(text: string): YamlDocument[] | undefined {
  const mended = withoutPlaceholders(text);
  if (mended === text) return undefined;
  const documents = parse(mended);
  return documents.every((document) => document.errors.length === 0) ? documents : undefined;
}

/**
 * A YAML text that can be read only without its bare placeholder lines: the text with blanks in their place,
 * and what they name. Undefined where it has none, or can be read with them (as lines of a text), or cannot
 * be read without them either.
 */
export function placeholderLines(text: string): { text: string; names: string[] } | undefined {
  const names = [...text.matchAll(placeholderLine)].map(([line]) => line.trim());
  if (names.length === 0 || parse(text).every((document) => document.errors.length === 0)) return undefined;
  return mendPlaceholders(text) && { text: withoutPlaceholders(text), names: [...new Set(names)] };
}

function withoutPlaceholders(text: string): string {
  return text.replaceAll(placeholderLine, (line) => ' '.repeat(line.length));
}

/**
 * Go's parsers take continuation lines of quoted text at any indentation. Their line ends fold to blanks
 * anyway.
 */
function mendQuotes(text: string, parsed: YamlDocument[]): YamlDocument[] | undefined {
  let documents = parsed;
  let current = text;
  for (let round = 0; round < maxMends && round * text.length < maxMended / 8; round++) {
    const error = documents.flatMap((document) => document.errors)[0];
    if (error === undefined) return documents;
    const open = error.message.startsWith('Missing closing')
      ? current.lastIndexOf(quoteOf(error.message), error.pos[0])
      : -1;
    if (open < 0) return undefined;
    const quote = current.charAt(open);
    let close = open + 1;
    for (; close < current.length && current.charAt(close) !== quote; close++)
      if (quote === '"' && current.charAt(close) === '\\') close++;
    const inside = current.slice(open, close);
    if (!inside.includes('\n')) return undefined;
    current = current.slice(0, open) + inside.replaceAll('\n', ' ') + current.slice(close);
    documents = parse(current);
  }
  return undefined;
}

function quoteOf(message: string): string {
  return message.includes('"') ? '"' : "'";
}

const placeholderLine = /^[ \t]*(?:\$\{\w+\}|<[A-Z][A-Z0-9_]*>)[ \t]*$/gm;
/** More are not read of one text; of those that cannot be read, these many are told. */
export const maxDocuments = 20_000;
export const maxBroken = 100;
const maxJsonValues = 1000;
const maxMends = 20;
/** Characters that are parsed again at most, to mend one text. */
const maxMended = 64 * 2 ** 20;

export type YamlDocument = Document.Parsed | Document;
