import { Document, type ParsedNode, Scalar, visit } from 'yaml';
import { type JsonObject, plainScalar, printable } from '../../base/index.ts';

/**
 * An object as a YAML document, its comments first. Whatever reads it, by YAML 1.1 as the API server does or
 * by 1.2, reads the same, and no terminal and no CI finds more in it than text.
 */
export function writeDocument(value: JsonObject, comments: readonly string[]): string {
  const document = new Document<ParsedNode>(value as never, {
    version: '1.1',
    // A key `<<` is one like any other, and quoted so.
    customTags: (tags) =>
      tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:merge'),
    aliasDuplicateObjects: false,
  });
  visit(document, { Scalar: (_, node) => quoteWhereNeeded(node) });
  const text = document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
  return `---\n${commentLines(comments)}${escaped(text)}`;
}

/** Each comment on a line of its own. */
export function commentLines(comments: readonly string[]): string {
  return comments
    .map(
      (comment) =>
        `# ${printable(comment.replaceAll(/\s*\n\s*/g, ' ')).replaceAll(/[\r\ufeff]/g, '\u00b7')}\n`,
    )
    .join('');
}

/** What YAML 1.1 or 1.2 takes for something else than the text, and what `escaped` writes otherwise. */
function quoteWhereNeeded(node: Scalar): void {
  if (typeof node.value !== 'string') return;
  const isOther = plainScalar(node.value) !== node.value || /^(=|<<|\.?nan|\.?inf)$/i.test(node.value);
  // A block whose first line is indented, or of which one is all blanks, does not say how far it is indented.
  const isBlock = node.value.includes('\n') && (/^\s/.test(node.value) || /\n[ \t]+(\n|$)/.test(node.value));
  if (isOther || isBlock || printable(node.value) !== node.value || hidden.test(node.value))
    node.type = Scalar.QUOTE_DOUBLE;
}

/** All of these stand in double quotes by now. */
function escaped(text: string): string {
  return text
    .replaceAll(new RegExp(hidden, 'gu'), (character) => {
      const code = character.codePointAt(0) ?? 0;
      return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
    })
    .replaceAll(/##(?=\w*\[)/g, '#\\u0023');
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

/** Controls, marks that turn the direction of writing, and what YAML takes for the end of a line. */
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffe\uffff]/u;
