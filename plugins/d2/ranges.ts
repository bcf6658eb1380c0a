import type { D2Range } from './types.ts';

/**
 * A range as D2 writes it, `file,line:column:byte-line:column:byte`, zero-based. D2.js compiles with
 * `UTF16Pos`, so its columns already count UTF-16 units; the byte offsets count them too and are not used.
 */
export function parseRange(text: string | undefined): D2Range | null {
  const found = /^(.*),(\d+):(\d+):\d+-(\d+):(\d+):\d+$/s.exec(text ?? '');
  if (found === null) return null;
  const [, file = '', line, column, endLine, endColumn] = found;
  return {
    file,
    line: Number(line),
    column: Number(column),
    endLine: Number(endLine),
    endColumn: Number(endColumn),
  };
}

/** Where an object is mentioned: the range of the key up to the object's own part of it. */
export function mentionOf(reference: ObjectReference): Mention | null {
  const whole = parseRange(reference.key?.range);
  const path = reference.key?.path ?? [];
  const part = parseRange(rangeOfString(path[reference.key_path_index]));
  if (whole === null) return null;
  const end = part ?? whole;
  return {
    range: { ...whole, endLine: end.endLine, endColumn: end.endColumn },
    endpoint: reference.map_key_edge_index >= 0 && reference.key_path_index === path.length - 1,
  };
}

/**
 * Where an edge is written. D2.js keeps no ranges on edges, but the mentions of its two ends are known: a
 * pair of them with nothing but the edge's arrow between is the edge, in the diagram's own text and in an
 * imported file alike. Mentions inside `(a -> b)[0]` belong to the edge with that index; the others count up.
 */
export function edgeRanges(edge: EdgeEnds, sources: Mention[], targets: Mention[], texts: Texts): D2Range[] {
  const found: D2Range[] = [];
  let declared = 0;
  for (const source of sources) {
    if (!source.endpoint) continue;
    for (const target of targets) {
      if (!target.endpoint || target.range.file !== source.range.file) continue;
      const text = texts(source.range.file);
      if (text === undefined) continue;
      const from = text.offset(source.range.endLine, source.range.endColumn);
      const to = text.offset(target.range.line, target.range.column);
      if (to <= from || to - from > longestArrow) continue;
      const arrow = /^[\s\\]*([<*]?)-+([>*]?)[\s\\]*$/.exec(text.text.slice(from, to));
      if (arrow === null || (arrow[1] !== '') !== edge.sourceArrow || (arrow[2] !== '') !== edge.targetArrow)
        continue;
      const index = indexAfter(text, source.range, target.range);
      if ((index ?? declared) === edge.index) {
        found.push({ ...source.range, endLine: target.range.endLine, endColumn: target.range.endColumn });
      }
      if (index === null) declared += 1;
    }
  }
  return found;
}

/** A range as a key of a map, without its byte offsets. */
export function rangeKey(range: D2Range | null): string {
  return range === null
    ? ''
    : `${range.file},${range.line}:${range.column}-${range.endLine}:${range.endColumn}`;
}

/**
 * Ranges of the values of one keyword (`link`, `icon`) in the diagram's own syntax tree, by the ranges
 * (`rangeKey`) of the key or the edges that own them.
 */
export function valueRanges(ast: unknown, keyword: string): Map<string, D2Range> {
  const values = new Map<string, D2Range>();
  const visit = (map: AstMap | undefined, owners: string[]): void => {
    for (const { map_key: entry } of map?.nodes ?? []) {
      if (entry === undefined) continue;
      const edges = entry.edges?.map((edge) => edge.range) ?? [];
      const path = (edges.length > 0 ? entry.edge_key : entry.key)?.path ?? [];
      const own = edges.length > 0 ? edges : entry.key === undefined ? [] : [entry.key.range];
      if (stringOf(path.at(-1))?.toLowerCase() === keyword) {
        const range = parseRange(rangeOfString(entry.value));
        const of = path.length === 1 && edges.length === 0 ? owners : own;
        if (range !== null) for (const owner of of) values.set(rangeKey(parseRange(owner)), range);
      }
      visit(entry.value?.map, own);
    }
  };
  visit(ast as AstMap | undefined, []);
  return values;
}

/** A text whose offsets are found by line and column; lines end with a line feed, as in D2's parser. */
export function lined(text: string): LinedText {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { text, offset: (line, column) => (starts[line] ?? text.length) + column };
}

function indexAfter(text: LinedText, source: D2Range, target: D2Range): number | null {
  const before = text.text.slice(0, text.offset(source.line, source.column)).trimEnd();
  if (!before.endsWith('(')) return null;
  const end = text.offset(target.endLine, target.endColumn);
  const index = /^\s*\)\[(\d+)\]/.exec(text.text.slice(end, end + 40));
  return index === null ? null : Number(index[1]);
}

export function stringOf(node: AstString | undefined): string | undefined {
  const parts = node?.unquoted_string?.value;
  return parts?.map((part) => part.string ?? '').join('');
}

function rangeOfString(node: AstString | undefined): string | undefined {
  for (const value of Object.values(node ?? {})) {
    if (typeof value?.range === 'string') return value.range;
  }
  return undefined;
}

/** Longer than any arrow with its spaces; keeps the search linear in long files. */
const longestArrow = 200;

export type Texts = (file: string) => LinedText | undefined;

export interface LinedText {
  text: string;
  offset(line: number, column: number): number;
}

export interface Mention {
  range: D2Range;
  /** It is an end of an edge. */
  endpoint: boolean;
}

export interface EdgeEnds {
  index: number;
  sourceArrow: boolean;
  targetArrow: boolean;
}

export interface ObjectReference {
  key?: { range: string; path?: AstString[] };
  key_path_index: number;
  map_key_edge_index: number;
}

type AstString = Record<string, { range?: string; value?: { string?: string }[] } | undefined>;

export interface AstMap {
  nodes?: { map_key?: AstKey }[];
}

interface AstKey {
  key?: { range: string; path?: AstString[] };
  edges?: { range: string }[];
  /** What follows `(a -> b)[0]`. */
  edge_key?: { path?: AstString[] };
  value?: AstString & { map?: AstMap };
}
