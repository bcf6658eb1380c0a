import type { Text } from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import { nearest } from '../../base/index.ts';
import type { Positions } from '../../markdown/index.ts';
import { type ScannedDirective, scanDirective } from '../../markdown/index.ts';
import type { Place } from '../../source/index.ts';
import type { MalformedStatement } from '../index.ts';

/**
 * Text that begins like one of our directives and did not become one. The parser drops to plain text without a word, so the page
 * would show the source.
 */
export function unparsed(node: Text, start: number, end: number, positions: Positions): MalformedStatement[] {
  if (!node.position) return [];
  const raw = positions.text.slice(start, end);
  return [...raw.matchAll(/(?<![:\\\w])(:{1,3})(table|diagram|fact|claim)(?=\s?[[{])/g)].map((match) => {
    const at = start + match.index;
    const [, colons = '', name = ''] = match;
    const scanned = scanDirective(positions.text, at);
    const message = `\`${colons}${name}\` is not a directive as it stands: ${whyNot(scanned, positions, at)}`;
    return malformed(
      placeOf(at, Math.max(scanned.end, at + match[0].length), positions),
      message,
      exampleOf(name),
    );
  });
}

/** A directive of ours in a form that it does not have (a table in a sentence), or cut off where its attributes do not parse. */
export function misplaced(
  node: LeafDirective | TextDirective | ContainerDirective,
  scanned: ScannedDirective,
  place: Place,
  positions: Positions,
): MalformedStatement | null {
  const forms = formsOf[node.name];
  if (!forms) return null;
  if (!forms.includes(node.type)) {
    const message = `\`${node.name}\` cannot stand ${words[node.type]}`;
    return malformed(place, message, exampleOf(node.name));
  }
  const start = positions.toReal(node.position?.start.offset ?? 0);
  const end = positions.toReal(node.position?.end.offset ?? 0);
  if (scanned.fault && node.type === 'textDirective' && end < positions.text.length) {
    const message = `the attributes of \`:${node.name}\` do not parse: ${scanned.fault}`;
    return malformed(placeOf(start, end + 1, positions), message, exampleOf(node.name));
  }
  return null;
}

/** A directive of no known name that has the attributes of one of ours: `::tabel{view=…}`. */
export function misspelt(
  node: LeafDirective | TextDirective | ContainerDirective,
  scanned: ScannedDirective,
  place: Place,
): MalformedStatement | null {
  const attributes = (scanned.block?.attributes ?? []).map((attribute) => attribute.name);
  const candidates = nearest(node.name, Object.keys(formsOf)).filter(
    (name) =>
      formsOf[name]?.includes(node.type) &&
      (telling[name] ?? []).some((attribute) => attributes.includes(attribute)),
  );
  const [near] = candidates;
  if (near === undefined) return null;
  return malformed(place, `there is no directive \`${node.name}\``, `did you mean \`${near}\`?`, candidates);
}

function whyNot(scanned: ScannedDirective, positions: Positions, at: number): string {
  if (scanned.fault) return scanned.fault;
  const { text } = positions;
  if (/\s/.test(text[scanned.end] ?? '') && /^[ \t]+[[{]/.test(text.slice(scanned.end, scanned.end + 20))) {
    return 'there is a blank before its brackets';
  }
  const { line } = positions.pointAt(at);
  const { start, text: whole } = positions.lineOf(line);
  if (scanned.colons > 1 && whole.slice(scanned.end - start).trim() !== '')
    return 'something follows it on its line';
  if (scanned.colons > 1 && whole.slice(0, at - start).trim() !== '')
    return 'something stands before it on its line';
  return 'its label or attributes do not parse';
}

function exampleOf(name: string): string {
  return `write ${examples[name] ?? name}`;
}

/** What was meant to be one of ours and is not. */
export function malformed(
  place: Place,
  message: string,
  help: string,
  candidates: string[] = [],
): MalformedStatement {
  return { type: 'malformed', place, message, help, candidates };
}

/** One line at most: what did not parse may reach to the end of the page. */
function placeOf(start: number, end: number, positions: Positions): Place {
  const { line } = positions.pointAt(start);
  const whole = positions.lineOf(line);
  return positions.place(start, Math.min(end, whole.start + whole.text.length));
}

const formsOf: Record<string, string[]> = {
  table: ['leafDirective'],
  diagram: ['leafDirective'],
  fact: ['textDirective'],
  claim: ['textDirective', 'containerDirective'],
};

const telling: Record<string, string[]> = {
  table: ['view', 'where', 'columns'],
  diagram: ['view', 'where', 'of'],
  fact: ['count', 'value'],
  claim: ['of', 'all', 'any', 'none', 'count'],
};

const words = {
  textDirective: 'within a sentence',
  leafDirective: 'on a line of its own',
  containerDirective: 'around blocks',
} as const;

const examples: Record<string, string> = {
  table: '::table{view="waves"} on a line of its own',
  diagram: '::diagram{view="projects"} on a line of its own',
  fact: ':fact[6]{count="kind == \'AppProject\'"}',
  claim: ':claim[sentence]{of="kind == \'Namespace\'" all="wave < 0"}, or :::claim{…} around paragraphs',
};
