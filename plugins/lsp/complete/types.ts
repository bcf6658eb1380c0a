import type { CompletionItemKind } from 'vscode-languageserver/node';
import type { Engine } from '../../engine/index.ts';
import type { Writing } from '../cursor.ts';

/** What a writer of one kind of thing is offered; null where the cursor stands at another kind. */
export type Completer = (
  writing: Writing,
  context: CompletionContext,
) => Completion[] | null | Promise<Completion[] | null>;

export interface CompletionContext {
  engine: Engine;
  /** Absolute path of the page. */
  path: string;
  /** Whether the editor knows `$0`, where the cursor goes. */
  snippets: boolean;
}

export interface Completion {
  label: string;
  kind: CompletionItemKind;
  /** Beside the label. */
  detail?: string;
  /** Markdown, where one is looked at. */
  says?: string;
  /** Where it begins, if that is behind `start` of what is being written. */
  start?: number;
  /** What is written where that is not the label; with `$0` where the cursor goes. */
  insert?: string;
}
