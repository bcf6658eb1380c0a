/** What a change does to the pages. */

import { compareText, createNumbering } from '../../base/index.ts';
import { isVerdictOf, kindOf, type StatementType, type Verdict } from '../../checks/index.ts';
import type { Resource } from '../../model/index.ts';
import { wavesToMarkdown } from '../../views/index.ts';
import { whyWords } from '../coverage/cases.ts';
import type { Engine } from '../engine.ts';
import type { PageReport } from '../judge-page.ts';
import type { Case } from '../report-types.ts';
import type { PageChange, ShownChange, VerdictSide } from './types.ts';

/**
 * The pages of both sides by their names, of which those are told that a reviewer has something to see on.
 */
export function comparePages(
  base: PageReport[],
  head: PageReport[],
  mentions: ReadonlyMap<string, string[]>,
): PageChange[] {
  const [before, after] = [byName(base), byName(head)];
  const files = [...new Set([...before.keys(), ...after.keys()])].sort(compareText);
  return files.flatMap((file): PageChange[] => {
    const [was, is] = [before.get(file), after.get(file)];
    const speaks = mentions.get(file) ?? [];
    if (was === undefined || is === undefined)
      return [
        { file, action: was === undefined ? 'added' : 'gone', verdicts: [], shown: [], mentions: speaks },
      ];
    const change: PageChange = {
      file,
      action: was.hash === is.hash ? null : 'changed',
      ...comparedStatements(was, is),
      mentions: speaks,
    };
    return change.action !== null || change.verdicts.length + change.shown.length + speaks.length > 0
      ? [change]
      : [];
  });
}

/** References of the resources that each page names, shows an excerpt of, or binds in a diagram. */
export function mentionsOn(
  pages: PageReport[],
  resources: readonly { resource: Resource; reference: string }[],
  engine: Engine,
): Map<string, string[]> {
  return new Map(
    pages.map(({ file, verdicts }) => {
      const naming = verdicts.filter(({ statement }) => namingTypes.has(statement.type));
      const found = resources.filter(({ resource }) =>
        naming.some((verdict) => kindOf(verdict.statement).mentions?.(verdict, resource, engine)),
      );
      return [file, [...new Set(found.map(({ reference }) => reference))].sort(compareText)];
    }),
  );
}

function comparedStatements(was: PageReport, is: PageReport): Pick<PageChange, 'verdicts' | 'shown'> {
  const before = byStatement(was);
  const changes: Pick<PageChange, 'verdicts' | 'shown'> = { verdicts: [], shown: [] };
  for (const [key, { one, verdict }] of byStatement(is)) {
    const old = before.get(key);
    if (old === undefined) continue;
    const { type, name, place } = one;
    if (old.one.outcome !== one.outcome)
      changes.verdicts.push({ type, name, before: sideOf(old.one), after: sideOf(one) });
    const shown = comparedShown(partsOf(old.verdict), partsOf(verdict));
    if (shown !== null) changes.shown.push({ type, name, place, ...shown });
  }
  return changes;
}

/** A statement has no name of its own: it is known by what it says, and the how manieth of these it is. */
function byStatement({ cases, verdicts }: PageReport): Map<string, Stated> {
  const numbered = createNumbering('\0');
  return new Map(
    cases.flatMap((one, index): [string, Stated][] => {
      const verdict = verdicts[index];
      return verdict === undefined ? [] : [[numbered(`${one.type}\0${one.name}`), { one, verdict }]];
    }),
  );
}

/** What a statement shows, piece by piece, each by what it is known by. Null for one that shows nothing. */
function partsOf(verdict: Verdict): Map<string, Part> | null {
  if (isVerdictOf(verdict, 'table') || isVerdictOf(verdict, 'snapshot')) {
    const { result } = verdict;
    if (result === null) return null;
    const heads = result.columns.map(({ label }) => label);
    return keyed(
      result.rows.map(({ id, cells, group }) => {
        const named = cells.find(({ ref, text }) => ref !== undefined && text !== '') ?? cells[0];
        const own = cells.map(({ text }, index): [string, string] => [heads[index] ?? '', text]);
        return [id, { words: named?.text ?? id, cells: group === undefined ? own : [['', group], ...own] }];
      }),
    );
  }
  if (isVerdictOf(verdict, 'diagram') || isVerdictOf(verdict, 'd2')) {
    const { result } = verdict;
    if (result === null) return null;
    return keyed(
      [result.compiled, ...result.compiled.boards].flatMap(({ shapes, edges }, board): [string, Part][] => [
        ...shapes.map(({ id, label }): [string, Part] => [`${board} shape ${id}`, plainPart(label || id)]),
        ...edges.map(({ id, from, to, label }): [string, Part] => [
          `${board} edge ${id}`,
          plainPart(`${from} → ${to}${label === '' ? '' : `: ${label}`}`),
        ]),
      ]),
    );
  }
  if (isVerdictOf(verdict, 'waves')) {
    const { result } = verdict;
    if (result === null) return null;
    return keyed(
      wavesToMarkdown(result)
        .split('\n')
        .slice(2)
        .map((line) => [line, plainPart(line)]),
    );
  }
  if (isVerdictOf(verdict, 'fact'))
    return verdict.result === null ? null : new Map([['', plainPart(verdict.result.text)]]);
  // Lines have no name but what they say.
  if (isVerdictOf(verdict, 'excerpt'))
    return (
      verdict.result &&
      keyed(verdict.result.text.split('\n').map((line) => [line.trim(), plainPart(line.trim())]))
    );
  return null;
}

function comparedShown(before: Map<string, Part> | null, after: Map<string, Part> | null) {
  if (before === null || after === null) return null;
  const added = [...after].filter(([key]) => !before.has(key)).map(([, part]) => wholeOf(part));
  const gone = [...before].filter(([key]) => !after.has(key)).map(([, part]) => wholeOf(part));
  const changed = [...after].flatMap(([key, part]) => {
    const was = before.get(key);
    return was === undefined ? [] : differenceOf(was, part);
  });
  if (added.length + gone.length + changed.length === 0) return null;
  const most = (texts: string[]) => texts.slice(0, maxShown);
  const more = [added, gone, changed].reduce((sum, texts) => sum + Math.max(0, texts.length - maxShown), 0);
  return {
    added: most(added),
    gone: most(gone),
    changed: most(changed),
    more,
  } satisfies Partial<ShownChange>;
}

/** Of a row the cells that differ. */
function differenceOf(was: Part, is: Part): string[] {
  if (was.cells.length === 0 || is.cells.length === 0)
    return was.words === is.words ? [] : [`${was.words} → ${is.words}`];
  const before = new Map(was.cells);
  const cells = is.cells.filter(([head, text]) => before.has(head) && before.get(head) !== text);
  return cells.length === 0
    ? []
    : [`${is.words}: ${cells.map(([head, text]) => `${head} ${before.get(head)} → ${text}`).join(', ')}`];
}

function wholeOf({ words, cells }: Part): string {
  return cells.length === 0
    ? words
    : cells.map(([head, text]) => (head === '' ? text : `${head} ${text}`)).join(', ');
}

function plainPart(words: string): Part {
  return { words, cells: [] };
}

function keyed(entries: [string, Part][]): Map<string, Part> {
  const numbered = createNumbering('\0');
  return new Map(entries.map(([key, part]) => [numbered(key), part]));
}

function byName(pages: PageReport[]): Map<string, PageReport> {
  return new Map(pages.map((page) => [page.file, page]));
}

function sideOf(one: Case): VerdictSide {
  const { outcome, place } = one;
  return { outcome, place, why: whyWords(one) };
}

/**
 * Statements that speak of certain resources; of tables and claims it is told when they come out otherwise.
 */
const namingTypes = new Set<StatementType>(['reference', 'path', 'excerpt', 'command', 'd2']);
const maxShown = 100;

interface Part {
  words: string;
  /** Of a row: each with the head of its column. */
  cells: [head: string, text: string][];
}

interface Stated {
  one: Case;
  verdict: Verdict;
}
