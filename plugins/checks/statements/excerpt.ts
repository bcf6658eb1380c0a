import type { Nodes } from 'mdast';
import { nearest } from '../../base/index.ts';
import { fenced, infoOf, inPlaceOf } from '../../markdown/index.ts';
import type { Place, SourceFile } from '../../source/index.ts';
import { suggestion } from '../diagnose.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { knownPaths, type OpenedFile, openExcerptFile } from '../excerpts/file.ts';
import { excerptStatement } from '../excerpts/find-excerpt.ts';
import {
  comparisonSteps,
  type Difference,
  excerptDifference,
  lengthOf,
  mendedExcerpt,
} from '../excerpts/line-ranges.ts';
import { dedent, linesOf, type Passage } from '../excerpts/passage.ts';
import { passagesOf } from '../excerpts/passages.ts';
import { type ExcerptStatement, excerptAttributes } from '../excerpts/types.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import { staleExcerpt } from '../rules/pages/excerpt-stale.ts';
import { missingSource } from '../rules/pages/path-missing.ts';
import type { StatementKind } from '../statement-kind.ts';
import type { CheckContext } from '../types.ts';
import { leftOut, type VerdictBase, verdictOf } from '../verdict.ts';
import { writtenAttributes } from '../written-attributes.ts';

/** A fence that shows a part of a file: ` ```yaml source="FILE" at="PATH" `. */
export const excerpt = {
  counted: { as: 'excerpts', one: 'excerpt', many: 'excerpts' },
  share: {
    as: 'excerpts',
    one: 'code block',
    unstated: (node, stated) => (stated === 0 && couldBeOne(node) ? 1 : 0),
  },
  attributes: excerptAttributes,
  inSentences: false,
  find: (page) => (spot) => excerptStatement(spot, page),
  judge: judgeExcerpt,
  nameOf: ({ attributes }) => writtenAttributes(attributes, ['source', 'at']),
  mentions: ({ result }, { origin }) =>
    result?.source.file === origin.file &&
    origin.line <= result.source.line &&
    result.source.line <= origin.endLine,
  markdown: ({ statement, result }, spot, positions) =>
    result && statement.body.trim() === ''
      ? inPlaceOf(spot, fenced(result.text, infoOf(spot, positions)), positions)
      : [],
} as const satisfies StatementKind<ExcerptVerdict>;

/**
 * ` ```yaml source="FILE" at="PATH" `: the fence says what the file says there, or is filled in.
 * `resource="Kind/name"` chooses among the documents of a file, `lines="10-20"` takes lines of any text.
 * What counts as the same is said at `excerptDifference`.
 */
function judgeExcerpt(statement: ExcerptStatement, context: CheckContext): ExcerptVerdict {
  const verdict = judgeAsWritten(statement, context);
  return {
    ...verdict,
    diagnostics: verdict.diagnostics.map((fault) => withCertainFix(statement, fault, context)),
  };
}

function judgeAsWritten(statement: ExcerptStatement, { platform, work }: CheckContext): ExcerptVerdict {
  const { attributes } = statement;
  const misspelt = misspeltOptions(statement);
  if (misspelt.length > 0) return wrong(statement, misspelt);
  const source = attributes.source?.value ?? '';
  const opened = openExcerptFile(source, platform);
  if (!opened.ok) {
    const known = opened.why === 'missing' ? knownPaths(source, platform) : [];
    return wrong(statement, [fileFault(statement, opened.why, known)]);
  }
  const { file } = opened;
  const unread = work.take(file.text.length * perCharacterRead);
  if (unread !== null) return leftOut(statement, 'excerpt', unread);
  const passages = passagesOf(statement, file);
  if (!passages.ok) return wrong(statement, [passages.fault]);
  const [first = { lines: [], line: 1 }, ...others] = passages.passages;
  const lines = bodyLines(statement);
  const yaml = !attributes.lines && file.documents.length > 0;
  const body = dedent(lines);
  const tooMuch = work.take(stepsOf(body, passages.passages, yaml));
  if (tooMuch !== null) return leftOut(statement, 'excerpt', tooMuch);
  if (lines.length === 0) return shown(statement, file, first);
  const told = [first, ...others].map((passage) => ({
    passage,
    difference: excerptDifference(body, passage.lines, yaml),
  }));
  const right = told.find(({ difference }) => difference === null);
  if (right) return shown(statement, file, right.passage);
  // The form that its author wrote is the one that holds for longer.
  const reach = ({ difference }: { difference: Difference | null }) => difference?.body ?? body.length;
  const begins = ({ passage: { lines } }: { passage: Passage }) => keyOf(lines[0]) === keyOf(body[0]);
  const { passage, difference } = told.reduce((best, one) =>
    reach(one) > reach(best) || (reach(one) === reach(best) && begins(one) && !begins(best)) ? one : best,
  );
  const mended = mendedExcerpt(body, passage.lines, yaml);
  const diagnostic = staleExcerpt({
    statement,
    body,
    file,
    passage,
    difference: difference ?? { body: 0, passage: 0 },
    mended,
  });
  return { ...wrong(statement, [diagnostic]), result: resultOf(file, passage) };
}

function keyOf(line: string | undefined): string | undefined {
  return line?.split(':', 1)[0];
}

/** Each character that is shown takes room in the page. */
function stepsOf(body: string[], passages: Passage[], yaml: boolean): number {
  const each = passages.map(
    ({ lines }) => lengthOf(lines) + (body.length === 0 ? 0 : comparisonSteps(body, lines, yaml)),
  );
  return each.reduce((sum, steps) => sum + steps, 0);
}

/** To find a passage, and to cut it out. */
const perCharacterRead = 0.05;

function wrong(statement: ExcerptStatement, diagnostics: Diagnostic[]): ExcerptVerdict {
  const invalid = diagnostics.some(({ rule }) => rule === 'directive-invalid');
  return verdictOf(statement, invalid ? 'invalid' : 'false', { diagnostics });
}

function shown(statement: ExcerptStatement, file: SourceFile, passage: Passage): ExcerptVerdict {
  return verdictOf(statement, 'true', { result: resultOf(file, passage) });
}

/**
 * A file, path or resource of another name is certain where the excerpt is true there, or the file has only
 * moved.
 */
function withCertainFix(statement: ExcerptStatement, fault: Diagnostic, context: CheckContext): Diagnostic {
  const { page, candidates } = fault;
  const name = ['source', 'resource', 'at'].find((one) => {
    const place = statement.attributes[one]?.place;
    return place && page && place.column <= page.column && page.column < place.endColumn;
  });
  const attribute = name === undefined ? undefined : statement.attributes[name];
  if (fault.fix || name === undefined || !attribute) return fault;
  const fileName = (path: string) => path.split('/').at(-1);
  const isMoved = (candidate: string) =>
    name === 'source' && candidates.length === 1 && fileName(candidate) === fileName(attribute.value);
  const certain = candidates.filter((value) => {
    const attributes = { ...statement.attributes, [name]: { ...attribute, value } };
    const isFilled = bodyLines(statement).length > 0;
    return (
      isMoved(value) || (isFilled && judgeAsWritten({ ...statement, attributes }, context).outcome === 'true')
    );
  });
  const [replacement] = certain;
  return replacement === undefined || certain.length > 1
    ? fault
    : { ...fault, fix: { replacement, place: attribute.place } };
}

function resultOf({ path }: SourceFile, { lines, line }: Passage): ExcerptResult {
  const endLine = line + Math.max(lines.length - 1, 0);
  return {
    text: lines.join('\n'),
    source: { file: path, line, column: 1, endLine, endColumn: (lines.at(-1)?.length ?? 0) + 1 },
  };
}

/** Lines of the body, without blank ones before the first and after the last. */
function bodyLines({ body }: ExcerptStatement): string[] {
  const lines = linesOf(body);
  const from = lines.findIndex((line) => line !== '');
  return from < 0 ? [] : lines.slice(from, lines.findLastIndex((line) => line !== '') + 1);
}

function misspeltOptions(statement: ExcerptStatement): Diagnostic[] {
  return Object.entries(statement.attributes)
    .filter(([name]) => !excerptAttributes.includes(name) && !drawn.includes(name))
    .flatMap(([name, attribute]) => {
      const candidates = nearest(name, ['source', 'resource', 'lines']);
      if (candidates.length === 0) return [];
      const message = `an excerpt has no option \`${name}\``;
      return formFault(statement, message, {
        place: attribute.namePlace,
        candidates,
        help: suggestion(candidates),
      });
    });
}

function fileFault(
  statement: ExcerptStatement,
  why: Extract<OpenedFile, { ok: false }>['why'],
  known: string[],
): Diagnostic {
  const { source } = statement.attributes;
  const path = source?.value ?? '';
  const page = source?.place ?? statement.place;
  if (why !== 'missing') {
    const message = {
      outside: `\`${path}\` lies outside the repository`,
      hidden: `\`${path}\` is a hidden file, which no page shows`,
      empty: `nothing of \`${path}\` can be shown: it is empty, too large, no text, or holds secrets`,
    }[why];
    return formFault(statement, message, {
      place: page,
      help: 'name a file of the repository, from its root',
    });
  }
  return missingSource(path, page, known);
}

/** A block that could show a part of a manifest, by its language. */
function couldBeOne(node: Nodes): boolean {
  return node.type === 'code' && ['yaml', 'yml', 'json', 'toml'].includes(node.lang?.toLowerCase() ?? '');
}

/** Options of Expressive Code, which are nobody's slip of the pen. */
const drawn = [
  'title',
  'frame',
  'ins',
  'del',
  'mark',
  'wrap',
  'collapse',
  'lang',
  'class',
  'id',
  'showLineNumbers',
];

interface ExcerptResult {
  text: string;
  /** The lines of the file. */
  source: Place;
}

type ExcerptVerdict = VerdictBase<ExcerptStatement, ExcerptResult>;
