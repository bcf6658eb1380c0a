import type { SaidValues } from '../../../base/index.ts';
import type { Resource } from '../../../model/index.ts';
import { type Cell, listCell } from '../../../views/index.ts';
import { english, type WordKey } from '../../../words/index.ts';
import type { Answer, Command } from '../explanation.ts';
import type { Context } from '../indexes.ts';

/** What is told of the resources of a kind besides what is told of every resource. */
export interface KindFacts {
  is(resource: Resource): boolean;
  /** Up to eight facts that a reader looks for first. */
  answers?(resource: Resource, context: Context): Answer[];
  /** Up to five commands that look at it in a cluster; left out where `kubectl get` and `describe` serve. */
  commands?(resource: Resource, context: Context): Command[];
}

/** A fact under its name, or none where there is nothing to say, so that all of them stay one expression. */
export function answer(name: AnswerName, value: Cell | Cell[] | null): Answer[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return [];
  const cell = Array.isArray(value) ? listCell(value) : value;
  return [{ name, label: english.say(`answer.${name}`), value: cell }];
}

/** A command with what it does, null where one of its words cannot be written in a shell. */
export function command(text: string | null, does: WordKey, values?: SaidValues): Command[] {
  if (text === null) return [];
  const said = values === undefined ? { key: does } : { key: does, values };
  return [{ text, does: english.said(said), said }];
}

/** Of the words in `plugins/words` those of the facts. */
type AnswerName = Extract<WordKey, `answer.${string}`> extends `answer.${infer Name}` ? Name : never;
