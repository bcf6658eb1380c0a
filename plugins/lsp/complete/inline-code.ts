import { CompletionItemKind } from 'vscode-languageserver/node';
import { oncePer } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';
import { referencesTo } from './resources.ts';
import type { Completer, Completion } from './types.ts';

/** Between backticks: paths of manifests, and references to resources. */
export const inlineCode: Completer = (writing, { engine }) =>
  writing.at === 'code' ? [...referencesTo(engine.platform), ...pathsOf(engine.platform)] : null;

/** Every file that was read, and every folder above one. */
export const pathsOf = oncePer(({ sources }: Platform): Completion[] => {
  const files = [...sources.files.keys()];
  const folders = new Set(
    files.flatMap((file) => [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index + 1))),
  );
  return [
    ...[...folders].map((label): Completion => ({ label, kind: CompletionItemKind.Folder })),
    ...files.map((label): Completion => ({ label, kind: CompletionItemKind.File })),
  ];
});
