import { CompletionItemKind } from 'vscode-languageserver/node';
import { statementKinds } from '../../checks/index.ts';
import type { Completer } from './types.ts';

const colons = { textDirective: 1, leafDirective: 2, containerDirective: 3 } as const;

/** `::ta` → `::table`: directives that may stand with so many colons. */
export const directives: Completer = (writing) => {
  if (writing.at !== 'directive') return null;
  return Object.entries(statementKinds).flatMap(([label, { directive }]) => {
    if (!directive?.forms.some((form) => colons[form] === writing.colons)) return [];
    const insert = directive.forms.includes('textDirective') ? `${label}[$0]{}` : `${label}{$0}`;
    return [{ label, kind: CompletionItemKind.Keyword, detail: directive.example, insert }];
  });
};

/** Names of attributes that are not given yet. */
export const attributeNames: Completer = (writing) => {
  if (writing.at !== 'attribute-name') return null;
  const kind = Object.entries(statementKinds).find(([type]) => type === writing.statement)?.[1];
  return (kind?.attributes ?? [])
    .filter((name) => !(name in writing.given))
    .map((label) => ({ label, kind: CompletionItemKind.Property, insert: `${label}="$0"` }));
};
