import { firstOf, inCode, isObject, type JsonValue, nearest } from '../../../base/index.ts';
import type { Attribute } from '../../../markdown/index.ts';
import type { DiagnosticOf, SourceDocument, SourceFile } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { aboutOf, sourceAt } from '../../excerpts/excerpt-fault.ts';
import type { Difference } from '../../excerpts/line-ranges.ts';
import { nearestPath } from '../../excerpts/nearest-path.ts';
import { linesIn, linesOf, type Passage } from '../../excerpts/passage.ts';
import { nameOf } from '../../excerpts/resource-names.ts';
import type { ExcerptStatement } from '../../excerpts/types.ts';
import { keysOf, type PathStep } from '../../excerpts/yaml-path.ts';
import type { PageRule } from '../rule.ts';

export const excerptStale = {
  name: 'excerpt-stale',
  about: 'page',
  severity: 'error',
  title: 'an excerpt is not what its file says',
  explain: `A fence with \`source="FILE"\` shows a part of that file: the value at \`at\`, a document by \`resource\`, or \`lines\`. Keys, values and comments must be the file's; a line \`# …\` stands for what is left out. An empty fence is filled in. \`plumbline fix\` writes a stale one anew.`,
  silent: `Never: an excerpt shows a file of the repository as it is written, not what is rendered from it.`,
  failing: `\`\`\`yaml source="K8s/shop/governance/resourcequota.yaml" at="spec.hard"
hard:
  pods: "30"
\`\`\`
`,
  mended: `\`\`\`yaml source="K8s/shop/governance/resourcequota.yaml" at="spec.hard"
hard:
  pods: "20"
\`\`\`
`,
  fixable: true,
} as const satisfies PageRule;

/** An excerpt that differs from every passage it may show: the first line that does, and the whole anew. */
export function staleExcerpt({
  statement,
  body,
  file,
  passage,
  difference,
  mended,
}: Stale): DiagnosticOf<'excerpt-stale'> {
  const { at, lines } = statement.attributes;
  const leading = linesOf(statement.body).findIndex((line) => line !== '');
  const own = difference.body === null ? undefined : body[difference.body];
  const right = difference.passage === null ? undefined : passage.lines[difference.passage];
  const line = leading + (difference.body ?? body.length - 1);
  const text = linesOf(statement.body)[line] ?? '';
  const column = text.length - text.trimStart().length;
  const what = at
    ? `\`${at.value}\` of \`${file.path}\``
    : `\`${file.path}\`${lines ? ` in lines ${lines.value}` : ''}`;
  const fillable = !mended.some((one) => one.trimStart().startsWith(statement.marks));
  return diagnose(excerptStale, {
    about: aboutOf(statement),
    page: statement.placeOf({ line, column, endLine: line, endColumn: text.length }),
    message: `the excerpt is not what ${what} says`,
    expected: right === undefined ? 'nothing more' : `\`${right.trim()}\``,
    actual: own === undefined ? 'the excerpt ends here' : `\`${own.trim()}\``,
    sources: [
      sourceAt(file, passage.line + (difference.passage ?? passage.lines.length - 1), at?.value ?? null),
    ],
    help: fillable
      ? 'write what the file says; an empty fence is always filled in, and `# …` stands for what is left out'
      : `open and close the fence with more than ${statement.marks.length} marks: the file has as many in itself`,
    ...(fillable
      ? { fix: { replacement: statement.written(mended.join('\n')), place: statement.bodyPlace } }
      : {}),
  });
}

/** Lines past the end of the file. */
export function missingLine(
  statement: ExcerptStatement,
  attribute: Attribute,
  file: SourceFile,
  to: number,
): DiagnosticOf<'excerpt-stale'> {
  const count = linesIn(file).length;
  return diagnose(excerptStale, {
    about: aboutOf(statement),
    page: attribute.place,
    message: `\`${file.path}\` has no line ${to}`,
    expected: `lines from 1 to ${count}`,
    actual: attribute.value,
    sources: [sourceAt(file, count, null)],
    help: 'say which lines are meant now, or show a part by its path with `at`, which no added line moves',
  });
}

/** @param named the documents of the file that have the name: none, or several. */
export function unknownDocument(
  statement: ExcerptStatement,
  resource: Attribute,
  file: SourceFile,
  named: SourceDocument[],
): DiagnosticOf<'excerpt-stale'> {
  const names = file.documents.flatMap((document) => nameOf(document) ?? []);
  const near = named.length > 1 ? [] : nearest(resource.value, names);
  const [only] = near;
  return diagnose(excerptStale, {
    about: aboutOf(statement),
    page: resource.place,
    message:
      named.length > 1
        ? `\`${file.path}\` holds \`${resource.value}\` ${named.length} times: name its namespace too`
        : `\`${file.path}\` holds no \`${resource.value}\``,
    expected: 'the name of one resource of the file, as `Kind/name` or `Kind/namespace/name`',
    actual: `the file holds ${names.slice(0, 8).map(inCode).join(', ') || 'no resource'}`,
    candidates: near,
    sources: (named.length > 1 ? named : file.documents.filter((one) => nameOf(one) === only))
      .slice(0, 3)
      .map(({ place }) => sourceAt(file, place.line, null, 'nearest')),
    help: suggestion(near, names) ?? 'name a resource of the file, or leave `resource` out',
  });
}

/**
 * A path that no document of the file has: the deepest part that exists, its line, and the nearest key there.
 */
export function unknownPath(
  statement: ExcerptStatement,
  file: SourceFile,
  documents: SourceDocument[],
  at: Attribute,
  steps: PathStep[],
): DiagnosticOf<'excerpt-stale'> {
  const { document, known, prefix, value, missing, candidates } = nearestPath(documents, at.value, steps);
  const place = document.locate(keysOf(known), { key: true }) ?? document.place;
  const start = missing?.start ?? 0;
  return diagnose(excerptStale, {
    about: aboutOf(statement),
    page: at.at(start, (missing?.end ?? start + 1) - start),
    message: `\`${file.path}\` has no \`${at.value.slice(0, missing?.end)}\``,
    expected: 'the path of something in the file',
    actual: prefix === '' ? shapeOf('the document', value) : shapeOf(`\`${prefix}\``, value),
    candidates: candidates,
    sources: [sourceAt(file, place.line, prefix === '' ? null : prefix, 'nearest', place.column)],
    help: suggestion(candidates) ?? 'say where in the file it is now, or drop the excerpt',
  });
}

function shapeOf(what: string, value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `${what} is a list of ${value.length}`;
  if (!isObject(value)) return `${what} is a single value`;
  return `${what} has ${firstOf(Object.keys(value).map(inCode), 8)}`;
}

interface Stale {
  statement: ExcerptStatement;
  /** Its lines, without blank ones at either end. */
  body: string[];
  file: SourceFile;
  /** What it is held against. */
  passage: Passage;
  difference: Difference;
  /** What it should say. */
  mended: readonly string[];
}
