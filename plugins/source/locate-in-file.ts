import type { JsonPath } from '../base/index.ts';
import type { Place } from './diagnostic.ts';
import { lineStarts, placeOf } from './line-places.ts';
import type { SourceFile } from './types.ts';
import { nodeAt, parseYaml, type YamlDocument } from './yaml.ts';

/**
 * The place of the value at a path of a file's YAML document, or of its key. Undefined where the path ends
 * early. Files are parsed again here, and the last few kept: places are asked for the few lines that are
 * shown, values of all documents are not.
 * @param yaml index of the YAML document in the file, empty ones counted.
 */
export function locateInFile(
  file: LocatableFile,
  yaml: number,
  path: JsonPath,
  options: { key?: boolean } = {},
): Place | undefined {
  const { documents, starts } = open(file);
  const document = documents[yaml];
  const range = document && nodeAt(document, path, options)?.range;
  return range ? placeOf(file.path, file.text, starts, range[0], range[1]) : undefined;
}

function open(file: LocatableFile): Opened {
  const known = recent.get(file);
  if (known !== undefined) return known;
  const opened = {
    documents: parseYaml(file.text, { json: /\.json$/i.test(file.path) }),
    starts: lineStarts(file.text),
  };
  const oldest = recent.keys().next().value;
  if (recent.size >= maxOpen && oldest !== undefined) recent.delete(oldest);
  recent.set(file, opened);
  return opened;
}

const maxOpen = 12;
const recent = new Map<LocatableFile, Opened>();

type LocatableFile = Pick<SourceFile, 'path' | 'text'>;
interface Opened {
  documents: YamlDocument[];
  starts: number[];
}
