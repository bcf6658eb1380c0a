import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ContainerDirective, TextDirective } from 'mdast-util-directive';
import type { Diagnostic, Located } from '../checks/index.ts';
import { type DrawnDiagram, isVerdictOf, offsetOf, type Verdict } from '../checks/index.ts';
import {
  below,
  createPositions,
  type Positions,
  pageName,
  parsePage,
  prefixAt,
  scanDirective,
} from '../markdown/index.ts';
import { tableToMarkdown } from '../views/index.ts';
import type { Engine } from './engine.ts';
import { standalone } from './inline-imports.ts';
import { judgePage, unreadablePage } from './judge-page.ts';

/**
 * A page as plain Markdown with everything live resolved: tables as GFM, facts and claims as their words, drawings as D2 text.
 * Everything else stays byte for byte; what is at fault stays as written and is told in the diagnostics.
 */
export async function renderPageAsMarkdown(engine: Engine, path: string): Promise<RenderedPage> {
  const { config } = engine.platform;
  const text = await readFile(path, 'utf8');
  const positions = createPositions(pageName(path, config.root), text);
  const parsed = parsePage(text, extname(path) === '.mdx' ? 'mdx' : 'md');
  if (!parsed.ok)
    return {
      markdown: text,
      diagnostics: unreadablePage(positions, parsed.message, parsed.offset, config).diagnostics,
    };
  const { report, extraction } = await judgePage(engine, parsed.tree, positions, path);
  const splices = extraction.found.flatMap((located, index) => {
    const verdict = report.verdicts[index];
    return verdict ? splicesOf(verdict, located, positions) : [];
  });
  return { markdown: spliced(text, splices), diagnostics: report.diagnostics };
}

function splicesOf(verdict: Verdict, { node }: Located, positions: Positions): Splice[] {
  const [start, end] = [offsetOf(node, 'start', positions), offsetOf(node, 'end', positions)];
  const whole = (text: string): Splice[] => [{ start, end, text: prefixed(text, start, positions) }];
  if (isVerdictOf(verdict, 'table')) {
    return verdict.result
      ? whole(`**${verdict.result.caption}**\n\n${tableToMarkdown(verdict.result).trimEnd()}`)
      : [];
  }
  if (isVerdictOf(verdict, 'diagram')) {
    return verdict.result ? whole(`**${verdict.result.title}**\n\n${fenced(verdict.result)}`) : [];
  }
  if (isVerdictOf(verdict, 'd2')) {
    if (!verdict.result) return [];
    const changed = standalone(verdict.result.input) !== verdict.result.input.source;
    return changed ? whole(fenced(verdict.result, infoOf(start, positions))) : [];
  }
  if (isVerdictOf(verdict, 'fact')) {
    if (!verdict.result || node.type !== 'textDirective') return [];
    const { literal, literalPlace } = verdict.statement;
    const scanned = scanDirective(positions.text, start);
    // A literal that is right keeps its markup (`**six**`).
    if (literal === verdict.result.text && scanned.label && literalPlace)
      return unwrapped(node, start, end, positions);
    return [{ start, end, text: verdict.result.text }];
  }
  if (isVerdictOf(verdict, 'excerpt')) {
    if (!verdict.result || verdict.statement.body.trim() !== '') return [];
    return whole(fencedText(verdict.result.text, infoOf(start, positions)));
  }
  if (isVerdictOf(verdict, 'claim')) {
    if (node.type === 'textDirective') return unwrapped(node, start, end, positions);
    return node.type === 'containerDirective' ? withoutFences(node, start, end, positions) : [];
  }
  return [];
}

/** `:claim[words]{…}` without what stands round the words. */
function unwrapped(_node: TextDirective, start: number, end: number, positions: Positions): Splice[] {
  const { label } = scanDirective(positions.text, start);
  if (!label) return [{ start, end, text: '' }];
  return [
    { start, end: label.start, text: '' },
    { start: label.end, end, text: '' },
  ];
}

/** `:::claim{…}` … `:::` without its two lines. */
function withoutFences(node: ContainerDirective, start: number, end: number, positions: Positions): Splice[] {
  const [first] = node.children;
  const inside = first ? offsetOf(first, 'start', positions) : end;
  const last = node.children.at(-1);
  const insideEnd = last ? offsetOf(last, 'end', positions) : end;
  return [
    { start, end: inside, text: '' },
    { start: insideEnd, end, text: '' },
  ];
}

/** What stands behind the marks that open a fence: its language and options stay as they are. */
function infoOf(start: number, positions: Positions): string {
  const { line, column } = positions.pointAt(start);
  return positions
    .lineOf(line)
    .text.slice(column - 1)
    .replace(/^[`~]+\s*/, '')
    .trimEnd();
}

function fenced(drawing: DrawnDiagram, info = 'd2'): string {
  return fencedText(standalone(drawing.input).replace(/\n+$/, ''), info);
}

function fencedText(source: string, info: string): string {
  const longest = Math.max(2, ...[...source.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${info}\n${source}\n${fence}`;
}

/** Lines after the first get what stands before the first. */
function prefixed(text: string, start: number, positions: Positions): string {
  const [first = '', ...rest] = text.split('\n');
  if (rest.length === 0) return first;
  return first + below(`${rest.join('\n')}\n`, prefixAt(start, positions), positions);
}

/** Splices may lie inside others' gaps (a fact in a claim), but never across. */
function spliced(text: string, splices: Splice[]): string {
  const ordered = splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let position = 0;
  for (const splice of ordered) {
    if (splice.start < position) continue;
    result += text.slice(position, splice.start) + splice.text;
    position = splice.end;
  }
  return result + text.slice(position);
}

interface Splice {
  start: number;
  end: number;
  text: string;
}

interface RenderedPage {
  markdown: string;
  diagnostics: Diagnostic[];
}
