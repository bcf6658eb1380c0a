import type { Nodes, Text } from 'mdast';
import { nearest } from '../base/index.ts';
import {
  type Directive,
  type Positions,
  type ScannedDirective,
  type Spot,
  scanDirective,
  toAttributes,
} from '../markdown/index.ts';
import type { Place } from '../source/index.ts';
import { type MalformedStatement, malformed } from './malformed-statement.ts';
import type { DirectiveForm } from './statement-kind.ts';
import type { StatementBase } from './types.ts';

/**
 * Finds what is written as a directive, by the forms that its kinds give (name → form), and what was meant as one: a name misspelt, a
 * table in a sentence, or text that begins like a directive and did not become one. The parser drops to plain text without a word, so the
 * page would show the source.
 */
export function createDirectiveFinder<S extends StatementBase>(
  forms: ReadonlyMap<string, DirectiveForm<S>>,
  positions: Positions,
): (spot: Spot) => (S | MalformedStatement)[] {
  const begins = new RegExp(`(?<![:\\\\\\w])(:{1,3})(${[...forms.keys()].join('|')})(?=\\s?[[{])`, 'g');
  return (spot) => {
    if (spot.node.type === 'text') return unparsed(spot.node, spot, begins);
    if (!isDirective(spot.node)) return [];
    const found = ofNode(spot.node, spot);
    return found ? [found] : [];
  };

  function ofNode(node: Directive['node'], { start, end }: Spot): S | MalformedStatement | null {
    const scanned = scanDirective(positions.text, start);
    const place = positions.place(start, node.type === 'containerDirective' ? scanned.end : end);
    // `12:fact` in a sentence is a text directive to the parser, and none of ours.
    if (node.type === 'textDirective' && !scanned.label && !scanned.block && !scanned.fault) return null;
    // `\::table` is the author's way to write about a directive; the parser still sees one behind the escaped colon.
    if (node.type === 'textDirective' && positions.text[start - 1] === ':') return null;
    const form = forms.get(node.name);
    if (!form) return misspelt(node, scanned, place);
    if (!form.forms.includes(node.type))
      return malformed(place, `\`${node.name}\` cannot stand ${words[node.type]}`, `write ${form.example}`);
    // Cut off where its attributes do not parse.
    if (scanned.fault && node.type === 'textDirective' && end < positions.text.length) {
      const message = `the attributes of \`:${node.name}\` do not parse: ${scanned.fault}`;
      return malformed(lineOf(start, end + 1), message, `write ${form.example}`);
    }
    const labelPlace = scanned.label && positions.place(scanned.label.start, scanned.label.end);
    return form.from({ node, place, labelPlace, attributes: toAttributes(scanned.block, positions) });
  }

  /** Text that begins like one of our directives and did not become one. */
  function unparsed(node: Text, { start, end }: Spot, begin: RegExp): MalformedStatement[] {
    if (!node.position) return [];
    const raw = positions.text.slice(start, end);
    return [...raw.matchAll(begin)].map((match) => {
      const at = start + match.index;
      const [, colons = '', name = ''] = match;
      const scanned = scanDirective(positions.text, at);
      const message = `\`${colons}${name}\` is not a directive as it stands: ${whyNot(scanned, at)}`;
      const place = lineOf(at, Math.max(scanned.end, at + match[0].length));
      return malformed(place, message, `write ${forms.get(name)?.example ?? name}`);
    });
  }

  /** A directive of no known name that has the attributes of one of ours: `::tabel{view=…}`. */
  function misspelt(
    node: Directive['node'],
    scanned: ScannedDirective,
    place: Place,
  ): MalformedStatement | null {
    const attributes = (scanned.block?.attributes ?? []).map((attribute) => attribute.name);
    const candidates = nearest(node.name, [...forms.keys()]).filter((name) => {
      const form = forms.get(name);
      return (
        form?.forms.includes(node.type) && form.telling.some((attribute) => attributes.includes(attribute))
      );
    });
    const [near] = candidates;
    if (near === undefined) return null;
    return malformed(
      place,
      `there is no directive \`${node.name}\``,
      `did you mean \`${near}\`?`,
      candidates,
    );
  }

  function whyNot(scanned: ScannedDirective, at: number): string {
    if (scanned.fault) return scanned.fault;
    const { text } = positions;
    if (/\s/.test(text[scanned.end] ?? '') && /^[ \t]+[[{]/.test(text.slice(scanned.end, scanned.end + 20)))
      return 'there is a blank before its brackets';
    const { line } = positions.pointAt(at);
    const { start, text: whole } = positions.lineOf(line);
    if (scanned.colons > 1 && whole.slice(scanned.end - start).trim() !== '')
      return 'something follows it on its line';
    if (scanned.colons > 1 && whole.slice(0, at - start).trim() !== '')
      return 'something stands before it on its line';
    return 'its label or attributes do not parse';
  }

  /** One line at most: what did not parse may reach to the end of the page. */
  function lineOf(start: number, end: number): Place {
    const { line } = positions.pointAt(start);
    const whole = positions.lineOf(line);
    return positions.place(start, Math.min(end, whole.start + whole.text.length));
  }
}

function isDirective(node: Nodes): node is Directive['node'] {
  return node.type in words;
}

const words = {
  textDirective: 'within a sentence',
  leafDirective: 'on a line of its own',
  containerDirective: 'around blocks',
} as const;
