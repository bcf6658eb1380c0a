import { textAt } from '../../base/index.ts';
import type { SourceDocument } from '../../source/index.ts';

/** `Kind/name`; undefined for a document that is no resource. */
export function nameOf({ value }: SourceDocument): string | undefined {
  const [kind, name] = [textAt(value, 'kind'), textAt(value, 'metadata', 'name')];
  return kind === undefined || name === undefined ? undefined : `${kind}/${name}`;
}

/** The names that an excerpt may call a document by. */
export function namesOf(document: SourceDocument): string[] {
  const short = nameOf(document);
  const namespace = textAt(document.value, 'metadata', 'namespace');
  if (short === undefined) return [];
  return namespace === undefined ? [short] : [short, short.replace('/', `/${namespace}/`)];
}
