import type { CompletionItem } from 'vscode-languageserver/node';
import { InsertTextFormat } from 'vscode-languageserver/node';
import { createPositions } from '../../markdown/index.ts';
import { type Language, writingAt } from '../cursor.ts';
import { rangeOf } from '../ranges.ts';
import { attributeValues } from './attribute-values.ts';
import { d2Imports } from './d2-imports.ts';
import { attributeNames, directives } from './directives.ts';
import { expressions } from './expressions.ts';
import { inlineCode } from './inline-code.ts';
import { links } from './links.ts';
import { d2Links } from './resources.ts';
import { suppressed } from './rule-names.ts';
import type { Completer, Completion, CompletionContext } from './types.ts';

/** Who is asked, in turn; what the first has to offer is shown. */
const completers: Completer[] = [
  directives,
  attributeNames,
  attributeValues,
  expressions,
  inlineCode,
  links,
  d2Links,
  d2Imports,
  suppressed,
];

/**
 * What could be written at an offset. The text between where it begins and the cursor is replaced, whatever
 * the editor takes for a word: references have slashes in them.
 */
export async function complete(
  text: string,
  offset: number,
  language: Language,
  context: CompletionContext,
): Promise<{ items: CompletionItem[]; isIncomplete: boolean }> {
  const writing = writingAt(text, offset, language);
  if (writing === null) return none;
  const positions = createPositions('', text);
  for (const completer of completers) {
    const found = await completer(writing, context);
    if (found === null) continue;
    const fitting = bestFirst(found, ({ start = writing.start }) => text.slice(start, offset));
    const items = fitting
      .slice(0, most)
      .map(({ label, kind, detail, says, insert, start = writing.start }, index) => ({
        label,
        kind,
        filterText: label,
        // Editors sort by the label where nothing says otherwise, and `view` is no last attribute.
        sortText: String(index).padStart(3, '0'),
        ...(detail === undefined ? {} : { detail }),
        ...(says === undefined || says === ''
          ? {}
          : { documentation: { kind: 'markdown' as const, value: says } }),
        ...(insert === undefined || !context.snippets ? {} : { insertTextFormat: InsertTextFormat.Snippet }),
        textEdit: {
          range: rangeOf(positions.place(start, offset)),
          newText: context.snippets ? (insert ?? label) : (insert ?? label).replace('$0', ''),
        },
      }));
    return { items, isIncomplete: fitting.length > most };
  }
  return none;
}

/** What could be meant: what begins so, what has that in it, then what has its letters in their order. */
function bestFirst(found: Completion[], writtenOf: (one: Completion) => string): Completion[] {
  const ranks: Completion[][] = [[], [], []];
  for (const one of found) {
    const [label, written] = [one.label.toLowerCase(), writtenOf(one).toLowerCase()];
    const at = label.indexOf(written);
    if (at >= 0) ranks[at === 0 ? 0 : 1]?.push(one);
    else if (hasLetters(label, written)) ranks[2]?.push(one);
  }
  return ranks.flat();
}

/** Editors filter so, too. */
function hasLetters(label: string, written: string): boolean {
  let at = 0;
  for (const letter of written) {
    at = label.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const none = { items: [], isIncomplete: false };

/** Of thousands of resources an editor shows the first, and asks again at the next letter. */
const most = 200;
