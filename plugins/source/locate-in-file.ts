import type { JsonPath } from '../base/index.ts';
import type { Place } from './diagnostic.ts';
import { lineStarts, placeOf } from './line-places.ts';
import { isJson, type ParsedDocument } from './parse-documents.ts';
import type { SourceFile } from './types.ts';
import { nodeAt, parseYaml, type YamlDocument } from './yaml.ts';

/**
 * The place of the value at a path of a file's YAML document, or of its key. Undefined where the path ends
 * early. Documents are parsed again here, each by itself, and those of the last files kept: places are asked
 * for the few lines that are shown, values of all documents are not.
 */
export function locateInFile(
  file: LocatableFile,
  asked: Pick<ParsedDocument, 'yaml' | 'part'>,
  path: JsonPath,
  options: { key?: boolean } = {},
): Place | undefined {
  const opened = open(file);
  const { document, from } = documentIn(file, opened, asked);
  const range = document && nodeAt(document, path, options)?.range;
  return range ? placeOf(file.path, file.text, opened.starts, from + range[0], from + range[1]) : undefined;
}

/** The document, and where the text begins that its ranges are of. */
function documentIn(
  { path, text }: LocatableFile,
  opened: Opened,
  { yaml, part }: Pick<ParsedDocument, 'yaml' | 'part'>,
): { document: YamlDocument | undefined; from: number } {
  if (part !== undefined) {
    const [from, to] = part;
    const alone = opened.parts.get(from) ?? parseYaml(text.slice(from, to));
    opened.parts.set(from, alone);
    const [document] = alone;
    if (document !== undefined && document.errors.length === 0) return { document, from };
  }
  // It reads otherwise without what stands before it, such as a directive.
  opened.whole ??= parseYaml(text, { json: isJson(path) });
  return { document: opened.whole[yaml], from: 0 };
}

/** Files of one text are one: clusters of one platform often have the same. */
function open({ path, text }: LocatableFile): Opened {
  const json = isJson(path);
  const known = recent.get(text);
  const opened = known?.json === json ? known : { json, starts: lineStarts(text), parts: new Map() };
  if (!recent.delete(text)) openText += text.length;
  recent.set(text, opened);
  for (const oldest of recent.keys()) {
    if (recent.size <= leastOpen || openText <= mostOpenText) break;
    recent.delete(oldest);
    openText -= oldest.length;
  }
  return opened;
}

/** Files that stay open however long they are, */
const leastOpen = 12;
/** and characters of all: kustomizations are short, and asked about for each of their builds. */
const mostOpenText = 250_000;
let openText = 0;
/** By their texts. */
const recent = new Map<string, Opened>();

type LocatableFile = Pick<SourceFile, 'path' | 'text'>;
interface Opened {
  json: boolean;
  starts: number[];
  /** Of documents that were asked for, by where they begin. */
  parts: Map<number, YamlDocument[]>;
  whole?: YamlDocument[];
}
