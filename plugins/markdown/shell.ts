import { type Assignment, type Command, forEachChild, parse, type SyntaxNode, type Word } from 'unbash';

/**
 * The commands of a piece of shell, in their order and wherever they stand: behind pipes, in loops, in
 * substitutions. Offsets are those of the text. Null where it does not parse: half of a script would be read
 * wrongly.
 */
export function readShell(text: string, isTranscript: boolean): ShellCommand[] | null {
  const script = parse(blankPlaceholders(withoutOutput(text, isTranscript)));
  if (script.errors && script.errors.length > 0) return null;
  const found: ShellCommand[] = [];
  const visit = (node: SyntaxNode): void => {
    // Text between escaped backticks is decoded first, so its offsets are not ours.
    if (node.type === 'Script' && node.source !== undefined) return;
    if (node.type === 'Command') found.push(toCommand(node, text));
    forEachChild(node, visit);
  };
  visit(script);
  return found.sort((a, b) => a.start - b.start);
}

function toCommand(node: Command, text: string): ShellCommand {
  const words = [...(node.name ? [node.name] : []), ...node.args].map((word) => toWord(word, text));
  return { start: node.name?.pos ?? node.pos, end: words.at(-1)?.end ?? node.end, words };
}

/**
 * A word without its quotes; where quotes are all around it, its offsets are those of what is between them.
 */
function toWord(node: Word | Assignment, text: string): ShellWord {
  if (node.type === 'Assignment')
    return { text: text.slice(node.pos, node.end), start: node.pos, end: node.end, open: isOpen(node.text) };
  const [part, ...others] = node.parts ?? [];
  const parts = part ? [part, ...others] : [];
  const quoted = others.length === 0 && (part?.type === 'SingleQuoted' || part?.type === 'DoubleQuoted');
  const isExpanded = parts.some(
    (one) =>
      (expanding.has(one.type) && !(one.type === 'Glob' && isQuery.test(node.value))) ||
      ('parts' in one && one.parts?.some(({ type }) => expanding.has(type))),
  );
  const [start, end] = quoted ? [node.pos + 1, node.end - 1] : [node.pos, node.end];
  const isGap = isOpen(node.value);
  return { text: isGap ? text.slice(start, end) : node.value, start, end, open: isExpanded || isGap };
}

/**
 * Text in which every line that is no command is blank: prompts, and in a transcript what the commands print.
 */
function withoutOutput(text: string, isTranscript: boolean): string {
  const lines = text.split('\n');
  const prompt = isTranscript ? /^\s*(?:[\w.@:~/()[\]-]*[$%❯➜]|#) / : /^\s*\$ /;
  if (!lines.some((line) => prompt.test(line))) return text;
  let goesOn = false;
  return lines
    .map((line) => {
      const lead = (goesOn ? /^\s*> ?|^/ : prompt).exec(line)?.[0];
      if (lead === undefined) return ' '.repeat(line.length);
      goesOn = /(?:\\|\||&&)\s*$/.test(line);
      return ' '.repeat(lead.length) + line.slice(lead.length);
    })
    .join('\n');
}

/**
 * `<name>` is a redirection to a shell and a gap to a reader: it becomes one word, of a character that no
 * command holds.
 */
function blankPlaceholders(text: string): string {
  return text.replaceAll(/(?<!<)<[A-Za-z](?:[^<>|&;\n"'`$]*[\w.…)-])?>|\{\{[^{}\n]*\}\}|…/g, (placeholder) =>
    gap.repeat(placeholder.length),
  );
}

function isOpen(text: string): boolean {
  return text.includes(gap);
}

/** `?` before what a URL asks for is no pattern of file names. */
const isQuery = /^[^*[\]?]+\?(?:ref|version|timeout|submodules)=[^*[\]?]*$/;

const gap = '\ue000';

const expanding: ReadonlySet<string> = new Set([
  'SimpleExpansion',
  'ParameterExpansion',
  'CommandExpansion',
  'ArithmeticExpansion',
  'ProcessSubstitution',
  'ExtendedGlob',
  'BraceExpansion',
  'Glob',
]);

export interface ShellCommand {
  start: number;
  end: number;
  words: ShellWord[];
}

export interface ShellWord {
  text: string;
  start: number;
  end: number;
  open: boolean;
}
