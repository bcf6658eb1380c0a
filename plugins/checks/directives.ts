import type { Text } from 'mdast';
import { nearest } from '../base/index.ts';
import {
  type Directive,
  type DirectiveParts,
  faultBehind,
  isDirective,
  type Positions,
  placeOfText,
  readDirective,
  type Spot,
  toAttributes,
  writeText,
} from '../markdown/index.ts';
import type { Place } from '../source/index.ts';
import { type MalformedStatement, malformed } from './malformed-statement.ts';
import type { DirectiveForm } from './statement-kind.ts';
import type { StatementBase } from './types.ts';

/**
 * Finds directives by the forms that their kinds give (name → form), and text that was meant as one: a
 * misspelt name, a table in a sentence, or text that begins like a directive and did not become one. The
 * parser silently leaves that as plain text, so that the page would show the source.
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

  function ofNode(node: Directive['node'], spot: Spot): S | MalformedStatement | null {
    const { start, end, directive } = spot;
    if (!directive) return null;
    const { label, attributes } = directive;
    const place = positions.place(start, node.type === 'containerDirective' ? directive.end : end);
    // A fault where the label or the attributes do not parse, at which the parser has cut the directive off.
    const fault =
      node.type === 'textDirective' ? (faultBehind(positions.text, directive) ?? cutByCell(spot)) : null;
    // `12:fact` in a sentence is a text directive to the parser, and none of ours.
    if (node.type === 'textDirective' && !label && !attributes && !fault) return null;
    // `\::table` is the author's way to write about a directive; the parser still sees one behind the escaped
    // colon.
    if (node.type === 'textDirective' && positions.text[start - 1] === ':') return null;
    const form = forms.get(node.name);
    if (!form) return misspelt(node, directive, place);
    if (!form.forms.includes(node.type))
      return malformed(place, `\`${node.name}\` cannot stand ${words[node.type]}`, `write ${form.example}`);
    if (fault) {
      const message = `the attributes of \`:${node.name}\` do not parse: ${fault.message}`;
      return malformed(lineOf(start, end + 1), message, fault.help ?? `write ${form.example}`);
    }
    const labelPlace = label && positions.place(label.start, label.end);
    return form.from({
      node,
      place,
      labelPlace,
      attributes: toAttributes(attributes ?? [], positions, placeOfText(spot, positions).inCell),
      written: (text) => writeText(text, { ...placeOfText(spot, positions), inLabel: true }),
    });
  }

  /** Braces that the end of a cell has cut off. */
  function cutByCell({ directive, ...spot }: Spot): { message: string; help: string } | null {
    const isCut = directive?.attributes === null && positions.text[directive.end] === '{';
    if (!isCut || !placeOfText({ ...spot, directive }, positions).inCell) return null;
    return { message: 'a `|` ends the cell of the table', help: 'write `\\|` within a table' };
  }

  /** Text that begins like one of our directives and did not become one. */
  function unparsed(node: Text, { start, end }: Spot, begin: RegExp): MalformedStatement[] {
    if (!node.position) return [];
    const raw = positions.text.slice(start, end);
    return [...raw.matchAll(begin)].map((match) => {
      const at = start + match.index;
      const [, colons = '', name = ''] = match;
      const read = readDirective(positions.text, at);
      const message = `\`${colons}${name}\` is not a directive as it stands: ${whyNot(read, at)}`;
      const place = lineOf(at, Math.max(read.end, at + match[0].length));
      return malformed(place, message, read.fault?.help ?? `write ${forms.get(name)?.example ?? name}`);
    });
  }

  /** A directive of no known name that has the attributes of one of ours: `::tabel{view=…}`. */
  function misspelt(
    node: Directive['node'],
    directive: DirectiveParts,
    place: Place,
  ): MalformedStatement | null {
    const attributes = (directive.attributes ?? []).map(({ text }) => text);
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

  function whyNot({ fault, end, colons }: ReturnType<typeof readDirective>, at: number): string {
    if (fault) return fault.message;
    const { text } = positions;
    if (/\s/.test(text[end] ?? '') && /^[ \t]+[[{]/.test(text.slice(end, end + 20)))
      return 'there is a blank before its brackets';
    const { line } = positions.pointAt(at);
    const { start, text: whole } = positions.lineOf(line);
    if (colons > 1 && whole.slice(end - start).trim() !== '') return 'something follows it on its line';
    if (colons > 1 && whole.slice(0, at - start).trim() !== '')
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

const words = {
  textDirective: 'within a sentence',
  leafDirective: 'on a line of its own',
  containerDirective: 'around blocks',
} as const;
