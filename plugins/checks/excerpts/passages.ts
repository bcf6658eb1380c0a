import { type JsonPath, at as valueAt } from '../../base/index.ts';
import type { Attribute } from '../../markdown/index.ts';
import type { SourceDocument, SourceFile } from '../../source/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import { missingLine, unknownDocument, unknownPath } from '../rules/pages/excerpt-stale.ts';
import { linesIn, type Passage, passageAt, passageOfLines } from './passage.ts';
import { nameOf, namesOf } from './resource-names.ts';
import type { ExcerptStatement } from './types.ts';
import { keysOf, parseYamlPath } from './yaml-path.ts';

/**
 * The passages of a file that an excerpt may show: with `at` the value under its key, or the value alone,
 * whichever its author wrote; with `resource` a document, with `lines` these, else the whole file. The first
 * is what an empty excerpt is filled with.
 */
export function passagesOf(statement: ExcerptStatement, file: SourceFile): Passages {
  const { at, lines, resource } = statement.attributes;
  if (lines) return numbered(statement, file, lines);
  if (!at && !resource) return { ok: true, passages: [{ lines: linesIn(file), line: 1 }] };
  const documents = documentsOf(statement, file, resource);
  if (!documents.ok) return documents;
  if (!at) return found(file, documents.documents.slice(0, 1), []);
  const parsed = parseYamlPath(at.value);
  if (!parsed.ok) {
    const help = "write a path as `spec.destinations[0].namespace`; a key with dots in brackets: `['a.b/c']`";
    const place = at.at(parsed.offset, at.value.length - parsed.offset);
    return fault(formFault(statement, `\`at\` is no path: \`${at.value}\``, { place, help }));
  }
  const path = keysOf(parsed.steps);
  const holding = documents.documents.filter(({ value }) => valueAt(value, ...path) !== undefined);
  if (holding.length > 1) {
    const candidates = holding.flatMap((document) => nameOf(document) ?? []);
    const message = `\`${file.path}\` has \`${at.value}\` in ${holding.length} documents: say which`;
    const help = `add resource="${candidates[0] ?? 'Kind/name'}"`;
    return fault(formFault(statement, message, { place: at.place, candidates, help }));
  }
  if (holding.length === 0) return fault(unknownPath(statement, file, documents.documents, at, parsed.steps));
  return found(file, holding, path);
}

function found(file: SourceFile, documents: SourceDocument[], path: JsonPath): Passages {
  const [document] = documents;
  const forms = document ? [true, false].map((keyed) => passageAt(file, document, path, keyed)) : [];
  const passages = forms.filter((passage): passage is Passage => passage !== undefined);
  return { ok: true, passages };
}

function numbered(statement: ExcerptStatement, file: SourceFile, attribute: Attribute): Passages {
  const { at, resource } = statement.attributes;
  const other = at ?? resource;
  if (other) {
    const message = '`lines` goes with neither `at` nor `resource`';
    return fault(formFault(statement, message, { place: attribute.namePlace, help: 'drop one of them' }));
  }
  const match = /^\s*([1-9]\d{0,6})(?:\s*-\s*([1-9]\d{0,6}))?\s*$/.exec(attribute.value);
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  if (!match || to < from) {
    const message = `\`lines\` is no range: \`${attribute.value}\``;
    return fault(formFault(statement, message, { place: attribute.place, help: 'write lines="10-20"' }));
  }
  const count = linesIn(file).length;
  if (to <= count) return { ok: true, passages: [passageOfLines(file, from, to)] };
  return fault(missingLine(statement, attribute, file, to));
}

function documentsOf(
  statement: ExcerptStatement,
  file: SourceFile,
  resource: Attribute | undefined,
): { ok: true; documents: SourceDocument[] } | { ok: false; fault: Diagnostic } {
  const { documents } = file;
  if (documents.length === 0) {
    const message = `\`${file.path}\` has nothing that can be read as YAML or JSON`;
    const place = (statement.attributes.at ?? resource)?.namePlace;
    const help = 'show lines of it, with lines="10-20", or the whole file';
    return fault(formFault(statement, message, { ...(place ? { place } : {}), help }));
  }
  if (!resource) return { ok: true, documents };
  const named = documents.filter((document) => namesOf(document).includes(resource.value));
  if (named.length === 1) return { ok: true, documents: named };
  return fault(unknownDocument(statement, resource, file, named));
}

function fault(diagnostic: Diagnostic): { ok: false; fault: Diagnostic } {
  return { ok: false, fault: diagnostic };
}

export type Passages = { ok: true; passages: Passage[] } | { ok: false; fault: Diagnostic };
