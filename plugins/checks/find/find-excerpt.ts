import type { Code } from 'mdast';
import type { Positions } from '../../markdown/index.ts';
import { below, placesIn, prefixAt, type ScannedBlock, toAttributes } from '../../markdown/index.ts';
import { type ExcerptStatement, excerptAttributes, type MalformedStatement } from '../index.ts';

/** A fence with `source="…"`; null for any other. Options that are not ours belong to whoever draws the code. */
export function excerptStatement(
  node: Code,
  start: number,
  end: number,
  positions: Positions,
): ExcerptStatement | MalformedStatement | null {
  if (!/(?:^|\s)source\s*=/.test(node.meta ?? '')) return null;
  const first = positions.pointAt(start).line;
  const opening = positions.lineOf(first);
  const openingEnd = opening.start + opening.text.length;
  const written = positions.text.slice(start, openingEnd);
  const marks = /^(?:`{3,}|~{3,})/.exec(written)?.[0] ?? '```';
  const scanned = scanOptions(written, start);
  if (scanned.unclosed) {
    return {
      type: 'malformed',
      place: positions.place(start, openingEnd),
      message: `the value of \`${scanned.unclosed}\` does not parse: it needs quotes that close`,
      help: 'write source="K8s/shop/namespace.yaml" at="metadata.labels"',
      candidates: [],
    };
  }
  const last = lastLine(end, first, marks, positions);
  const body = node.value.replaceAll('\r\n', '\n');
  const lastEnd = positions.lineOf(last).start + positions.lineOf(last).text.length;
  return {
    type: 'excerpt',
    place: positions.place(start, openingEnd),
    attributes: toAttributes(scanned.block, positions),
    language: node.lang ?? '',
    marks,
    body,
    bodyPlace: positions.place(openingEnd, lastEnd),
    written: (text) => below(text, prefixAt(start, positions), positions),
    placeOf: placesIn(body, first + 1, positions),
  };
}

/** What stands behind the marks and the language of a fence, without the options of an excerpt. */
export function withoutOptions(meta: string): string {
  return meta
    .replaceAll(option, (whole, before: string, name: string) =>
      excerptAttributes.includes(name) ? before : whole,
    )
    .trim();
}

function scanOptions(written: string, start: number): { block: ScannedBlock; unclosed: string | null } {
  const block: ScannedBlock = { attributes: [], end: start + written.length };
  for (const match of written.matchAll(option)) {
    const [whole, before = '', name = '', value = ''] = match;
    const nameStart = start + match.index + before.length;
    const valueEnd = start + match.index + whole.length;
    const quotes = /^["']/.test(value) ? 1 : 0;
    block.attributes.push({
      name,
      nameStart,
      nameEnd: nameStart + name.length,
      value: { start: valueEnd - value.length + quotes, end: valueEnd - quotes },
    });
  }
  const rest = written.replaceAll(option, (whole) => ' '.repeat(whole.length));
  const names = excerptAttributes.join('|');
  return { block, unclosed: new RegExp(`\\s(${names})\\s*=`).exec(rest)?.[1] ?? null };
}

/** The last line of the body; the opening line itself where there is none. A fence may end with its list or quote, unclosed. */
function lastLine(end: number, first: number, marks: string, positions: Positions): number {
  const { line } = positions.pointAt(end);
  const closing = positions.lineOf(line).text.replace(/^[\s>]*/, '');
  const closed = line > first && closing.startsWith(marks) && /^(?:`+|~+)\s*$/.test(closing);
  return closed ? line - 1 : line;
}

/** `name="value"`, `name='value'` or `name=value`; Expressive Code's braces and marks are none. */
const option = /(^|\s)([A-Za-z][\w-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'{/]\S*)/g;
