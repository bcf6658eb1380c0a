import { type JsonPath, oncePer } from '../../base/index.ts';
import type { Place } from '../diagnostic.ts';
import type { SourceFile } from '../types.ts';
import { lineStarts, placeOf } from './line-places.ts';
import { isJson, type ParsedDocument } from './parse-documents.ts';
import { nodeAt, parseYaml, type YamlDocument } from './yaml.ts';

/**
 * The place of the value at a path of a file's YAML document, or of its key. Undefined where the path ends
 * early. Documents are parsed again here, each by itself, and the last ones kept: places are asked for the
 * few lines that are shown, values of all documents are not.
 */
export function locateInFile(
  file: LocatableFile,
  asked: Pick<ParsedDocument, 'yaml' | 'part'>,
  path: JsonPath,
  options: { key?: boolean } = {},
): Place | undefined {
  const { document, from } = documentIn(file, asked);
  const range = document && nodeAt(document, path, options)?.range;
  return range ? placeOf(file.path, file.text, startsOf(file), from + range[0], from + range[1]) : undefined;
}

/** The document, and where the text begins that its ranges are of. */
function documentIn(
  { path, text }: LocatableFile,
  { yaml, part }: Pick<ParsedDocument, 'yaml' | 'part'>,
): { document: YamlDocument | undefined; from: number } {
  if (part !== undefined) {
    const [from, to] = part;
    const [document] = parsed(text.slice(from, to), false);
    if (document !== undefined && document.errors.length === 0) return { document, from };
  }
  // It reads otherwise without what stands before it, such as a directive.
  return { document: parsed(text, isJson(path))[yaml], from: 0 };
}

/** Those of one text are parsed once, whichever files it is in: clusters of one platform often share some. */
function parsed(text: string, json: boolean): YamlDocument[] {
  const key = json ? `\0${text}` : text;
  const documents = recent.get(key) ?? parseYaml(text, { json });
  if (!recent.delete(key)) openText += key.length;
  recent.set(key, documents);
  for (const oldest of recent.keys()) {
    if (recent.size <= leastOpen || openText <= mostOpenText) break;
    recent.delete(oldest);
    openText -= oldest.length;
  }
  return documents;
}

const startsOf = oncePer(({ text }: LocatableFile) => lineStarts(text));

/** Texts that stay open however long they are, */
const leastOpen = 12;
/** and characters of all: kustomizations are short, and asked about for each of their builds. */
const mostOpenText = 250_000;
let openText = 0;
const recent = new Map<string, YamlDocument[]>();

type LocatableFile = Pick<SourceFile, 'path' | 'text'>;
