import { type Document, isAlias, isCollection, parseDocument, visit } from 'yaml';

/**
 * What a document says as JavaScript. A mapping or list as a key is refused: there it would be written out,
 * and within others that are keys again at each depth, so that a thousand characters take seconds.
 * @throws Error there, and where aliases would make too much of it.
 */
export function yamlValue(document: Document): unknown {
  visit(document, {
    Pair: (_, { key }) => {
      const node = isAlias(key) ? key.resolve(document) : key;
      if (isCollection(node)) throw new Error('a mapping or a list is a key');
    },
  });
  return document.toJS({ maxAliasCount: 100 });
}

/** The same of a text of one document; undefined where it cannot be read. */
export function readYaml(text: string): unknown {
  try {
    const document = parseDocument(text, { logLevel: 'silent' });
    return document.errors.length > 0 ? undefined : yamlValue(document);
  } catch {
    return undefined;
  }
}
