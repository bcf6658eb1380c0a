import type { things as english } from '../en/things.ts';

/** The page of a resource: its head, the facts of its kind, the commands that look at it. */
export const things: Readonly<Record<keyof typeof english, string>> = {
  'thing.crumbs': 'Wohin es gehört',
  'thing.look': 'Im Cluster nachsehen',

  'answer.owner': 'Zuständig',
  'answer.deploysInto': 'Beliefert von',
  'answer.holds': 'Enthält',

  'command.get': 'wie der Cluster es hat',
  'command.describe': 'sein Zustand und seine Ereignisse',
  'command.all': 'was darin läuft',
  'command.warnings': 'was darin zuletzt schiefging',
};
