/**
 * Text of a repository as a terminal or the log of a CI may have it. Control characters, which move the
 * cursor, set titles or hide what follows, and marks that turn the direction of writing are each shown as one
 * harmless character; lines that GitHub Actions, Azure Pipelines or TeamCity would take for a command are
 * none any more. Line ends, tabs and (where asked) our own colours stay.
 */
export function printable(text: string, { colour = false, commands = false }: PrintOptions = {}): string {
  const clean = text.replaceAll(colour ? hiddenButColours : hidden, '\u00b7');
  const said = clean.replaceAll(hashCommand, '#\u00b7#');
  return commands ? said : said.replaceAll(command, '$1\u00b7:');
}

/** The same for JSON, in which it means what it meant. */
export function printableJson(text: string): string {
  return text
    .replaceAll(hidden, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/##(?=[[\w])/g, '#\\u0023');
}

const shown = String.raw`[\p{Cc}\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069]`;
const kept = String.raw`(?![\n\t])(?!\r\n)`;
const hidden = new RegExp(`${kept}${shown}`, 'gu');
const hiddenButColours = new RegExp(String.raw`${kept}(?!\x1b\[[\d;]*m)${shown}`, 'gu');
/** `::error file=x::text` at the beginning of a line. */
const command = /(^[^\S\n]*:):(?=[\w-]+[^\n]*::)/gmu;
/** `##[error]` and `##vso[task…]`, anywhere in it. */
const hashCommand = /##(?=\w*\[)/g;

interface PrintOptions {
  /** Whether colours stand in it that are ours. */
  colour?: boolean;
  /** Whether commands of GitHub stand in it that are ours. */
  commands?: boolean;
}
