import { type Document, parseAllDocuments } from 'yaml';
import { textAt } from '../../base/index.ts';
import { yamlValue } from '../../base/yaml-value.ts';
import type { ShellPage } from './types.ts';

/**
 * Takes up the names in a manifest that a page shows in a code block: its reader is to apply it, and the
 * page's commands then speak of what came of it.
 */
export function takeShown(text: string, shown: ShellPage['shown']): void {
  if (!/^\s*apiVersion:/m.test(text) || !/^\s*kind:/m.test(text)) return;
  for (const document of [parseAllDocuments(text, { logLevel: 'silent' })].flat()) {
    if (!('toJS' in document) || document.errors.length > 0) continue;
    const value = shownIn(document);
    const name = textAt(value, 'metadata', 'name');
    const namespace = textAt(value, 'metadata', 'namespace');
    if (name !== undefined) shown.resources.add(name);
    if (name !== undefined && textAt(value, 'kind') === 'Namespace') shown.namespaces.add(name);
    if (namespace !== undefined) shown.namespaces.add(namespace);
  }
}

/** Undefined where it cannot be read; nothing is taken up from it then. */
function shownIn(document: Document): unknown {
  try {
    return yamlValue(document);
  } catch {
    return undefined;
  }
}
