import type { Element } from 'hast';
import { byName } from '../../base/index.ts';
import { classesOf, replaceChild, text, visit } from './svg-tree.ts';

/** Style declarations that SVG also takes as attributes. */
const asAttribute: Record<string, string> = byName({
  'stroke-width': 'strokeWidth',
  'stroke-dasharray': 'strokeDashArray',
  'stroke-dashoffset': 'strokeDashOffset',
  'text-anchor': 'textAnchor',
  'font-size': 'fontSize',
  fill: 'fill',
  stroke: 'stroke',
  opacity: 'opacity',
});

/** Attributes whose value is the one that the root gives to all. */
export const inherited: Record<string, string> = byName({ fontSize: '16', textAnchor: 'middle' });

/**
 * Writes the same drawing in fewer bytes: styles and font classes as attributes, numbers to two decimals, no
 * empty groups. No class and no style rule of D2 is left, so nothing needs a scope.
 */
export function compact(svg: Element): void {
  visit(svg, (element) => {
    if (insideForeign.has(element) || element.tagName === 'foreignObject') {
      for (const child of element.children) if (child.type === 'element') insideForeign.add(child);
      if (insideForeign.has(element)) return;
    }
    spreadStyle(element);
    fontAttributes(element);
    soften(element);
    const kept = classesOf(element).filter((name) => name.startsWith('d2-'));
    element.properties.className = kept.length > 0 ? kept : undefined;
    for (const [name, value] of Object.entries(element.properties)) {
      if (typeof value === 'string' && numeric.has(name)) element.properties[name] = shortNumbers(value);
      if (value === '' || inherited[name] === element.properties[name]) element.properties[name] = undefined;
    }
  });
  unwrap(svg);
}

function spreadStyle(element: Element): void {
  const kept: string[] = [];
  for (const declaration of text(element.properties.style).split(';')) {
    const [name = '', value = ''] = declaration.split(/:(.*)/s).map((part) => part.trim());
    const attribute = asAttribute[name];
    if (attribute !== undefined) element.properties[attribute] = value.replace(/px$/, '');
    else if (name === 'animation') {
      const [, seconds] = /([\d.]+)s/.exec(value) ?? [];
      element.properties.className = [...classesOf(element), 'd2-flow'];
      if (seconds !== undefined) kept.push(`animation-duration:${shortNumbers(seconds)}s`);
    } else if (keptStyles.has(name)) kept.push(`${name}:${value}`);
  }
  element.properties.style = kept.length > 0 ? kept.join(';') : undefined;
  // Without an anchor D2 means the start; the root says the middle for all.
  if (element.tagName === 'text') element.properties.textAnchor ??= 'start';
}

function fontAttributes(element: Element): void {
  for (const name of classesOf(element)) {
    if (name.startsWith('text-mono')) element.properties.fontFamily = 'var(--d2-font-mono,monospace)';
    if (name.endsWith('-bold')) element.properties.fontWeight = '700';
    if (name.endsWith('-semibold')) element.properties.fontWeight = '600';
    if (name.endsWith('-italic')) element.properties.fontStyle = 'italic';
    if (name === 'text-underline') element.properties.textDecoration = 'underline';
    if (name === 'light-code') element.properties.className = [...classesOf(element), 'd2-code-light'];
    if (name === 'dark-code') element.properties.className = [...classesOf(element), 'd2-code-dark'];
    const overlay = /^(dots|lines|grain|paper)-overlay$/.exec(name)?.[1];
    if (overlay !== undefined) element.properties.fill = `url(#${overlay}-overlay)`;
  }
}

/** Where the theme colours a shape, it also draws it finer than D2's two pixels and square corners. */
function soften(element: Element): void {
  const themed =
    classesOf(element).some((name) => name.startsWith('stroke-')) &&
    /^var\(--d2-[A-Z]/.test(text(element.properties.stroke));
  if (!themed) return;
  if (element.properties.strokeWidth === '2') element.properties.strokeWidth = '1.5';
  if (element.tagName === 'rect' && Number(element.properties.rx ?? 0) === 0) element.properties.rx = '4';
}

function unwrap(parent: Element): void {
  for (const child of [...parent.children]) {
    if (child.type !== 'element') continue;
    unwrap(child);
    if (child.tagName !== 'g' && child.tagName !== 'defs') continue;
    const bare = Object.values(child.properties).every((value) => value === undefined);
    const titled = child.children.some((node) => node.type === 'element' && node.tagName === 'title');
    if (child.children.every((node) => node.type === 'text' && node.value.trim() === ''))
      replaceChild(parent, child);
    else if (child.tagName === 'g' && bare && !titled) replaceChild(parent, child, ...child.children);
  }
  parent.children = parent.children.filter(
    (node) => node.type !== 'text' || node.value.trim() !== '' || keepsSpaces.has(parent.tagName),
  );
}

function shortNumbers(value: string): string {
  return value.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(2))));
}

const insideForeign = new WeakSet<Element>();
const keepsSpaces = new Set([
  'text',
  'tspan',
  'p',
  'li',
  'td',
  'th',
  'pre',
  'code',
  'span',
  'a',
  'strong',
  'em',
  'title',
  'desc',
]);
const keptStyles = new Set(['mix-blend-mode', 'vertical-align', 'filter']);
const numeric = new Set(
  `x y x1 x2 y1 y2 cx cy r rx ry dx dy d points width height viewBox transform markerWidth markerHeight refX refY
  strokeWidth strokeDashArray strokeDashOffset offset`.split(/\s+/),
);
