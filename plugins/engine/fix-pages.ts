import { readFile } from 'node:fs/promises';
import type { Diagnostic } from '../checks/index.ts';
import { createPositions, type Positions } from '../markdown/index.ts';
import { checkPage, checkText } from './check-pages.ts';
import type { Engine } from './engine.ts';
import type { PageReport } from './judge-page.ts';
import { outlineOf } from './page-outline.ts';

/**
 * Pages with every replacement put in that their diagnostics call certain, in memory. All are gone through
 * again while anything changes, as a mended page may have another heading that others link to.
 */
export async function fixPages(engine: Engine, paths: string[]): Promise<FixedPage[]> {
  const pages = new Map<string, FixedPage>();
  engine.pages.refresh(paths);
  for (let round = 0; round < maximumRounds; round += 1) {
    let isChanged = false;
    for (const path of paths) {
      const page = await fixPage(engine, path, pages.get(path));
      isChanged ||= page.applied.length > (pages.get(path)?.applied.length ?? 0);
      pages.set(path, page);
      if (page.applied.length > 0) engine.pages.hold(path, page.after);
    }
    if (!isChanged) break;
  }
  return [...pages.values()];
}

/**
 * One page, from its file or from an earlier round. It is checked again after each step, as a mended fault
 * may show another (a moved excerpt that is also stale); a replacement that does not mend its fault is taken
 * back.
 */
async function fixPage(engine: Engine, path: string, earlier: FixedPage | undefined): Promise<FixedPage> {
  if (earlier !== undefined && earlier.applied.length > 0) {
    const { applied, ...more } = await mend(engine, path, earlier.after);
    return { ...earlier, ...more, applied: [...earlier.applied, ...applied] };
  }
  const report = await checkPage(engine, path);
  const unchanged = { path, before: '', after: '', applied: [], refused: [], report, blocked: null };
  if (report.diagnostics.every(({ fix }) => fix === undefined)) return unchanged;
  const bytes = await readFile(path);
  const before = bytes.toString('utf8');
  // Decoded and written back, such a page would lose bytes that nobody asked to change.
  if (!Buffer.from(before).equals(bytes)) return { ...unchanged, blocked: 'the page is not UTF-8' };
  return { ...unchanged, before, ...(await mend(engine, path, before)) };
}

async function mend(engine: Engine, path: string, text: string): Promise<Mended> {
  let page: Page = { text, report: await checkText(engine, path, text) };
  const applied: Applied[] = [];
  const refused = new Set<string>();
  const attempt = async (edits: Edit[]): Promise<boolean> => {
    const next = apply(page.text, edits);
    if (!isSamePage(engine, page.text, next, edits, path)) return false;
    // Links within the page lead to its headings as they are then.
    engine.pages.hold(path, next);
    const report = await checkText(engine, path, next);
    if (!isMended(page.report, report, edits)) {
      engine.pages.hold(path, page.text);
      return false;
    }
    page = { text: next, report };
    applied.push(...edits.map(({ start: _, end: __, ...told }) => told));
    return true;
  };
  for (let round = 0; round < maximumRounds; round += 1) {
    const edits = editsOf(page, refused);
    if (edits.length === 0) break;
    if (await attempt(edits)) continue;
    // One of them is no good: each by itself, from the end, so that the places of the others stay true.
    for (const edit of edits.toReversed())
      if (!(await attempt([edit]))) refused.add(edit.diagnostic.fingerprint);
  }
  const left = page.report.diagnostics.filter(({ fingerprint }) => refused.has(fingerprint));
  return { after: page.text, applied, refused: left, report: page.report };
}

/**
 * The replacements of a page that do not overlap, in its order; of two that do the second waits for the next
 * round.
 */
function editsOf({ text, report }: Page, refused: ReadonlySet<string>): Edit[] {
  const positions = createPositions(report.file, text);
  const edits = report.diagnostics
    .filter(({ fingerprint }) => !refused.has(fingerprint))
    .flatMap((diagnostic) => editOf(diagnostic, positions) ?? [])
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const apart: Edit[] = [];
  for (const edit of edits) {
    const last = apart.at(-1);
    if (last === undefined || (edit.start >= last.end && edit.start > last.start)) apart.push(edit);
  }
  return apart;
}

function editOf(diagnostic: Diagnostic, positions: Positions): Edit | undefined {
  const { fix } = diagnostic;
  const place = fix?.place ?? diagnostic.page;
  if (fix === undefined || place === null || place.file !== positions.file) return undefined;
  const start = positions.lineOf(place.line).start + place.column - 1;
  const end = positions.lineOf(place.endLine).start + place.endColumn - 1;
  const from = positions.text.slice(start, end);
  const breaks = /\r?\n/.exec(from) ?? /\r?\n/.exec(positions.text);
  const to = fix.replacement.replaceAll(/\r?\n/g, breaks?.[0] ?? '\n');
  return to === from ? undefined : { diagnostic, start, end, from, to };
}

function apply(text: string, edits: Edit[]): string {
  let result = text;
  for (const { start, end, to } of edits.toReversed())
    result = result.slice(0, start) + to + result.slice(end);
  return result;
}

/**
 * The page parses as before, and means the same everywhere but where it was mended: a value must not end a
 * cell or begin a tag.
 */
function isSamePage(
  engine: Engine,
  before: string,
  after: string,
  edits: readonly Edit[],
  path: string,
): boolean {
  let shift = 0;
  const moved = edits.map(({ start, end, to }) => {
    const range = { start: start + shift, end: start + shift + to.length };
    shift += to.length - (end - start);
    return range;
  });
  const [was, is] = [engine.pages.tree(path, before), engine.pages.tree(path, after)];
  return was !== null && is !== null && outlineOf(was, before, edits) === outlineOf(is, after, moved);
}

/**
 * Each rule has as many faults fewer as were mended, and no more faults stand in their place: one that shows
 * only now (of a moved excerpt that is also stale) must have a replacement itself, or the page would be left
 * worse to mend than it was. Links that led to a heading with the old words are no reason to keep those.
 */
function isMended(before: PageReport, after: PageReport, edits: Edit[]): boolean {
  const [had, has] = [faultsOf(before), faultsOf(after)];
  const rules = Map.groupBy(edits, ({ diagnostic }) => diagnostic.rule);
  const ofRule = ({ diagnostics }: PageReport, rule: Diagnostic['rule']) =>
    diagnostics.filter((one) => one.rule === rule).length;
  const unfixable = (faults: Diagnostic[]) => faults.filter(({ fix }) => fix === undefined).length;
  return (
    has.length <= had.length &&
    unfixable(has) <= unfixable(had) &&
    [...rules].every(([rule, mended]) => ofRule(after, rule) <= ofRule(before, rule) - mended.length)
  );
}

function faultsOf({ diagnostics }: PageReport): Diagnostic[] {
  return diagnostics.filter(({ rule }) => rule !== 'link-broken');
}

/** A page and its neighbours need two or three; more would be replacements that undo each other. */
const maximumRounds = 8;

export interface FixedPage {
  /** Absolute. */
  path: string;
  /** Text as it was read and as it is mended; equal, or both empty, where nothing was mended. */
  before: string;
  after: string;
  applied: Applied[];
  /** Faults of the mended page whose replacement does not mend them. */
  refused: Diagnostic[];
  /** Why the page cannot be rewritten at all; null where it can. */
  blocked: string | null;
  /** What is said of the mended page. */
  report: PageReport;
}

type Mended = Pick<FixedPage, 'after' | 'applied' | 'refused' | 'report'>;

interface Applied {
  diagnostic: Diagnostic;
  from: string;
  to: string;
}

interface Edit extends Applied {
  /** Offsets in the text. */
  start: number;
  end: number;
}

interface Page {
  text: string;
  report: PageReport;
}
