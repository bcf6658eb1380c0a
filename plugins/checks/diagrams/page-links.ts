import { takeSteps } from '../../base/index.ts';
import { boardLink, type CompiledDrawing, safeHref } from '../../d2/index.ts';
import {
  createPositions,
  linksOf,
  offsetOf,
  parsePage,
  runsSomething,
  type WrittenLink,
  workToParse,
} from '../../markdown/index.ts';
import type { Place } from '../../source/index.ts';
import { isJudged, linkStatement } from '../links/find-link.ts';
import { isOnSite } from '../links/site-page.ts';
import type { LinkStatement } from '../links/types.ts';
import type { CheckContext } from '../types.ts';
import { placeOf } from './fence-place.ts';
import type { FenceStatement } from './types.ts';

/**
 * The links of a drawing that lead to pages or files, of its shapes and in the Markdown of its labels: a
 * reader follows them on the page. D2 draws no link of an edge, and a Git host draws nothing: of a page that
 * is not on a site of ours only what would run is told.
 */
export function pageLinksOf(
  statement: FenceStatement,
  drawing: CompiledDrawing,
  { site, platform }: CheckContext,
): LinkStatement[] {
  const { path } = statement;
  if (path === null) return [];
  const isOwn = site?.facts.isOwn === true && isOnSite(path, platform.config);
  const { shapes, edges } = drawing;
  return [...shapes, ...edges.map((edge) => ({ ...edge, link: null }))].flatMap((item) => {
    const own = placeOf(statement, [item.linkRange, ...item.ranges]);
    const { link, linkRange } = item;
    const written: LinkStatement[] = linksOfLabel(item).map((one) => {
      return linkStatement({ ...one, place: placeWithin(statement, item, one.url) ?? own }, path);
    });
    if (link !== null && boardLink(link) === null && safeHref(link)) {
      const form = { kind: 'link', taken: 'either', component: null, place: own } as const;
      written.push({ ...linkStatement({ ...form, url: link }, path), inQuotes: linkRange !== null });
    }
    return written.filter((one) => (isOwn ? isJudged(one) : runsSomething(one.url)));
  });
}

function linksOfLabel({ label, isMarkdown }: Item): WrittenLink[] {
  if (!isMarkdown) return [];
  // Variables make of it more than stands on the page.
  const work = workToParse(label);
  const parsed = takeSteps(work.steps) ? parsePage(label, 'md', work) : null;
  if (!parsed?.ok) return [];
  const positions = createPositions('label', label);
  const found: WrittenLink[] = [];
  const walk = (node: Node): void => {
    const [start, end] = [offsetOf(node, 'start', positions), offsetOf(node, 'end', positions)];
    found.push(...linksOf({ node, ancestors: [], heading: null, start, end, directive: null }, positions));
    if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(parsed.tree);
  // A drawing shows no picture that its label names.
  return found.filter(({ taken }) => taken === 'either');
}

/** Where a label's link is written in the fence: the first after the mention of what has the label. */
function placeWithin(statement: FenceStatement, { ranges }: Item, url: string): Place | null {
  const lines = statement.source.split('\n');
  const from = ranges.find(({ file }) => file === 'index')?.line;
  if (from === undefined) return null;
  const line = lines.findIndex((text, index) => index >= from && text.includes(url));
  const column = lines[line]?.indexOf(url) ?? -1;
  return column < 0
    ? null
    : statement.placeOf({ line, column, endLine: line, endColumn: column + url.length });
}

type Item = Pick<CompiledDrawing['shapes'][number], 'label' | 'isMarkdown' | 'ranges'>;
type Node = Parameters<typeof offsetOf>[0];
