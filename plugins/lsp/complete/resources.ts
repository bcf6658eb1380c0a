import { CompletionItemKind } from 'vscode-languageserver/node';
import { compareText, oncePer } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Completer, Completion } from './types.ts';

/** Links of D2 shapes: `gitops:Kind/name`. */
export const d2Links: Completer = (writing, { engine }) =>
  writing.at === 'resource' ? referencesTo(engine.platform) : null;

/** Every resource by the shortest name that is still its own, as inline code and links take it. */
export const referencesTo = oncePer((platform: Platform): Completion[] =>
  platform.model.resources
    .map((resource) => ({
      label: platform.referenceOf(resource),
      kind: CompletionItemKind.Reference,
      detail: resource.application ?? resource.kustomization ?? resource.helmRelease ?? resource.layer,
      says: `${resource.origin.file}:${resource.origin.line}`,
    }))
    .sort((a, b) => compareText(a.label, b.label)),
);
