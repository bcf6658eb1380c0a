import type { Element } from 'hast';
import { boardOf } from '../compiled-boards.ts';
import { diagramCss } from '../theme.ts';
import type { CompiledDiagram, RenderOptions } from '../types.ts';
import type { AuthorTheme, Drawing } from '../worker/instance.ts';
import { clean } from './clean.ts';
import { colourLegend, nameColours } from './colours.ts';
import { compact, inherited } from './compact.ts';
import { safeSalt, saltIds } from './ids.ts';
import { objectsOf } from './objects.ts';
import { keepReadable } from './readable.ts';
import { replaceIcons, resolveLinks } from './resolve-links.ts';
import { sharePictures } from './svg-images.ts';
import { parseSvg, serializeSvg, svgElement, text, visit } from './svg-tree.ts';
import { addTips } from './write-tips.ts';

/**
 * D2's SVG made fit for a page: inert, in the site's colours and fonts, named and described, with the page's
 * links and ids that nothing else on the page has. The same arguments give the same bytes.
 */
export function finishSvg(
  { svg, boards, theme }: Drawing,
  compiled: CompiledDiagram,
  icons: Record<string, string>,
  options: RenderOptions,
): string {
  const salt = safeSalt(options.salt);
  const { id, drawing: drawn } = boardOf(compiled, options.board);
  const outer = parseSvg((id === null ? svg : boards[id]) ?? '');
  const inner = outer.children.find((node) => node.type === 'element' && node.tagName === 'svg');
  const drawing = inner?.type === 'element' ? inner : outer;
  const box = text(drawing.properties.viewBox) || '0 0 1 1';

  clean(drawing, icons);
  dropBackground(drawing);
  replaceIcons(drawing);
  const objects = objectsOf(drawing, drawn);
  const links = resolveLinks(drawing, objects, compiled, drawn, options);
  addTips(drawing, objects, drawn, options.tip);
  keepReadable(drawing, objects, drawn);
  colourLegend(drawing);
  nameColours(drawing);
  compact(drawing);
  namePatterns(drawing);
  saltIds(drawing, salt);
  sharePictures(drawing, salt);

  const title = svgElement('title', { id: `${salt}-title` }, [{ type: 'text', value: options.title }]);
  const description = svgElement('desc', { id: `${salt}-desc` }, [
    { type: 'text', value: options.description },
  ]);
  const described = options.description !== '';
  const styles = [
    ...(options.standalone ? [diagramCss()] : []),
    ...(theme === null ? [] : [themeRules(salt, theme)]),
  ];
  return serializeSvg({
    ...drawing,
    properties: {
      xmlns: 'http://www.w3.org/2000/svg',
      className: ['d2-diagram', salt],
      viewBox: box,
      ...sizeOf(box, drawn.least),
      // An image hides what is inside it; with links inside, it is a group of them.
      role: links > 0 ? 'group' : 'img',
      ariaLabelledBy: [`${salt}-title`],
      ariaDescribedBy: described ? [`${salt}-desc`] : undefined,
      fontFamily: `var(--d2-font,'Source Sans 3','Source Sans Pro',sans-serif)`,
      ...inherited,
    },
    children: [
      title,
      ...(described ? [description] : []),
      ...styles.map((css) => svgElement('style', {}, [{ type: 'text', value: css }])),
      ...drawing.children,
    ],
  });
}

/**
 * As wide as its place, never wider than drawn, and never so narrow that a text falls under 12 px: below that
 * its place scrolls.
 */
function sizeOf(box: string, least: number): Element['properties'] {
  const [, , width = 1, height = 1] = box.split(' ').map(Number);
  return { width, height, style: `--d2-width:${Math.max(width, least)}px;min-width:${least}px` };
}

/** The page shows through, unless the author coloured the drawing's ground. */
function dropBackground(svg: Element): void {
  const ground = svg.children.find((node) => node.type === 'element' && node.tagName === 'rect');
  if (ground?.type !== 'element' || !text(ground.properties.className).includes('fill-N7')) return;
  svg.children.splice(svg.children.indexOf(ground), 1);
}

/** D2 names a fill pattern by its diagram's hash and refers to it from a stylesheet that is not kept. */
function namePatterns(svg: Element): void {
  visit(svg, (element) => {
    const kind = /^(dots|lines|grain|paper)-/.exec(text(element.properties.id))?.[1];
    if (element.tagName === 'pattern' && kind !== undefined) element.properties.id = `${kind}-overlay`;
  });
}

function themeRules(salt: string, theme: AuthorTheme): string {
  const rule = (which: 'light' | 'dark'): string =>
    Object.entries(theme)
      .map(([code, colours]) => `--d2-${code}:${colours[which]}`)
      .join(';');
  return `.${salt}{${rule('light')}}@media screen{:root[data-theme='dark'] .${salt}{${rule('dark')}}}`;
}
