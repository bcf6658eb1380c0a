import { isCollection, isScalar, visit } from 'yaml';
import type { YamlDocument } from './yaml.ts';

/**
 * Where a bracket or a quote opens that is not closed, of a document that does not parse for it; the parser
 * tells where it gave up, which may be the end of the file. Undefined where that is not what is wrong.
 */
export function unclosedAt(document: YamlDocument, text: string): number | undefined {
  const [error] = document.errors;
  if (error === undefined || !/^Flow |^Missing closing/.test(error.message)) return undefined;
  let open: number | undefined;
  visit(document, (_key, node) => {
    if (!isCollection(node) && !isScalar(node)) return;
    const [start, end] = node.range ?? [0, 0];
    const closing = closings.get(text[start] ?? '');
    // The innermost comes last.
    if (closing !== undefined && (end - start < 2 || text[end - 1] !== closing)) open = start;
  });
  return open;
}

const closings = new Map([
  ['[', ']'],
  ['{', '}'],
  ['"', '"'],
  ["'", "'"],
]);
