import { CompletionItemKind } from 'vscode-languageserver/node';
import { rules } from '../../checks/index.ts';
import type { Completer } from './types.ts';

/** The rule about pages that a comment keeps from speaking, and room for the reason. */
export const suppressed: Completer = (writing) =>
  writing.at !== 'rule'
    ? null
    : Object.values(rules)
        .filter(({ about }) => about === 'page')
        .map(({ name, title }) => ({
          label: name,
          kind: CompletionItemKind.EnumMember,
          detail: title,
          insert: `${name}: $0`,
        }));
