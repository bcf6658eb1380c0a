import type { AttributeParts, Positions, Spot } from '../../markdown/index.ts';
import { below, placesIn, prefixAt, toAttributes } from '../../markdown/index.ts';
import { type MalformedStatement, malformed } from '../malformed-statement.ts';
import type { StatedPage } from '../statement-kind.ts';
import { type ExcerptStatement, excerptAttributes } from './types.ts';

/**
 * A fence with `source="…"`; nothing for any other. Options that are not ours belong to whoever draws the
 * code.
 */
export function excerptStatement(
  { node, start, end }: Spot,
  { positions }: StatedPage,
): (ExcerptStatement | MalformedStatement)[] {
  if (node.type !== 'code' || !/(?:^|\s)source\s*=/.test(node.meta ?? '')) return [];
  const first = positions.pointAt(start).line;
  const opening = positions.lineOf(first);
  const openingEnd = opening.start + opening.text.length;
  const written = positions.text.slice(start, openingEnd);
  const marks = /^(?:`{3,}|~{3,})/.exec(written)?.[0] ?? '```';
  const scanned = scanOptions(written, start);
  if (scanned.unclosed) {
    const message = `the value of \`${scanned.unclosed}\` does not parse: it needs quotes that close`;
    const help = 'write source="K8s/shop/namespace.yaml" at="metadata.labels"';
    return [malformed(positions.place(start, openingEnd), message, help)];
  }
  const last = lastLine(end, first, marks, positions);
  const body = node.value.replaceAll('\r\n', '\n');
  const lastEnd = positions.lineOf(last).start + positions.lineOf(last).text.length;
  const statement: ExcerptStatement = {
    type: 'excerpt',
    place: positions.place(start, openingEnd),
    attributes: toAttributes(scanned.attributes, positions),
    language: node.lang ?? '',
    marks,
    body,
    bodyPlace: positions.place(openingEnd, lastEnd),
    written: (text) => below(text, prefixAt(start, positions), positions),
    placeOf: placesIn(body, first + 1, positions),
  };
  return [statement];
}

/** What stands behind the marks and the language of a fence, without the options of an excerpt. */
export function withoutOptions(meta: string): string {
  return meta
    .replaceAll(option, (whole, before: string, name: string) =>
      excerptAttributes.includes(name) ? before : whole,
    )
    .trim();
}

function scanOptions(
  written: string,
  start: number,
): {
  attributes: AttributeParts[];
  unclosed: string | null;
} {
  const attributes: AttributeParts[] = [];
  for (const match of written.matchAll(option)) {
    const [whole, before = '', name = '', value = ''] = match;
    const nameStart = start + match.index + before.length;
    const valueEnd = start + match.index + whole.length;
    const quotes = /^["']/.test(value) ? 1 : 0;
    attributes.push({
      text: name,
      name: { start: nameStart, end: nameStart + name.length },
      value: { start: valueEnd - value.length + quotes, end: valueEnd - quotes },
    });
  }
  const rest = written.replaceAll(option, (whole) => ' '.repeat(whole.length));
  const names = excerptAttributes.join('|');
  return { attributes, unclosed: new RegExp(`\\s(${names})\\s*=`).exec(rest)?.[1] ?? null };
}

/**
 * The last line of the body; the opening line itself where there is none. A fence may end with its list or
 * quote, unclosed.
 */
function lastLine(end: number, first: number, marks: string, positions: Positions): number {
  const { line } = positions.pointAt(end);
  const closing = positions.lineOf(line).text.replace(/^[\s>]*/, '');
  const closed = line > first && closing.startsWith(marks) && /^(?:`+|~+)\s*$/.test(closing);
  return closed ? line - 1 : line;
}

/** `name="value"`, `name='value'` or `name=value`; Expressive Code's braces and marks are none. */
const option = /(^|\s)([A-Za-z][\w-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'{/]\S*)/g;
