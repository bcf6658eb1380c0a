/** What is asked of values that are not shown. */
import { hash as hashOf } from 'node:crypto';
import { isObject, type JsonObject, readPlainFile } from '../base/index.ts';
import type { Sources } from './types.ts';
import { toJson } from './yaml/to-json.ts';
import { parseYaml } from './yaml/yaml.ts';

/**
 * What `ask` says of a document as it is written, with the values of its Secret: its file is read again for
 * that, and nothing of it is kept but the answer, which is no text. Null where the file is no longer the one
 * that was read, and where not exactly one of its documents is wanted.
 */
export function askHidden<Answer extends number | boolean>(
  { root, files }: Pick<Sources, 'root' | 'files'>,
  path: string,
  isWanted: (document: JsonObject) => boolean,
  ask: (document: JsonObject) => Answer | null,
): Answer | null {
  const file = files.get(path);
  const text = file === undefined ? null : readPlainFile(`${root}/${path}`);
  if (file === undefined || text === null || hashOf('sha256', text, 'hex') !== file.hash) return null;
  const documents = parseYaml(text, { json: /\.json$/i.test(path) });
  const [first, ...others] = documents
    .filter(({ errors }) => errors.length === 0)
    .flatMap(({ contents }) => partsOf(toJson(contents).value))
    .filter(isWanted);
  return first === undefined || others.length > 0 ? null : ask(first);
}

/** The objects of a list each for itself. */
function partsOf(value: unknown): JsonObject[] {
  if (!isObject(value)) return [];
  return Array.isArray(value.items) ? value.items.flatMap(partsOf) : [value];
}
