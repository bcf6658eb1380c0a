import { CompletionItemKind } from 'vscode-languageserver/node';
import { diagramViews } from '../../views/index.ts';
import type { Completer } from './types.ts';

/** `...@gitops/`: what the model draws, and the site's classes. */
export const d2Imports: Completer = (writing) =>
  writing.at !== 'd2-import'
    ? null
    : [
        {
          label: 'gitops/classes',
          kind: CompletionItemKind.Module,
          detail: 'classes of shapes in the colours of the site',
        },
        ...Object.values(diagramViews)
          .filter(({ subject }) => subject !== null)
          .map(({ name, title, summary }) => ({
            label: `gitops/${name}`,
            kind: CompletionItemKind.Module,
            detail: title,
            says: summary,
          })),
      ];
