import type { Element } from 'hast';
import { classColours } from '../classes.ts';
import { themeColours } from '../theme.ts';
import { classesOf, text, visit } from './svg-tree.ts';

/**
 * Theme codes and class colours become custom properties, each with its light value for where no stylesheet
 * is.
 */
export function nameColours(svg: Element): void {
  visit(svg, (element) => {
    const html = element.tagName === 'div';
    for (const name of classesOf(element)) {
      const [, property = '', code = ''] = /^(fill|stroke|color)-([A-Z]+\d)$/.exec(name) ?? [];
      const colours = themeColours[code];
      if (colours === undefined) continue;
      const value = `var(--d2-${code},${colours.light})`;
      if (html) element.properties.style = `color:${value}`;
      else element.properties[property] ??= value;
    }
    for (const property of ['fill', 'stroke', 'color']) {
      const value = text(element.properties[property]).toLowerCase();
      const variable = classColours.get(value);
      if (variable !== undefined) element.properties[property] = `var(${variable},${value})`;
    }
    const colour = /^color:(#[0-9a-f]{6})$/i.exec(text(element.properties.style))?.[1]?.toLowerCase() ?? '';
    const variable = classColours.get(colour);
    if (html && variable !== undefined) element.properties.style = `color:var(${variable},${colour})`;
  });
}

/**
 * A legend's texts have no colour, which is black, and its ground is white whatever the theme: here both
 * follow it.
 */
export function colourLegend(svg: Element): void {
  for (const node of svg.children) {
    if (node.type !== 'element' || node.tagName !== 'rect' || text(node.properties.stroke) !== legendLine)
      continue;
    node.properties = { ...node.properties, fill: undefined, stroke: undefined };
    node.properties.className = [...classesOf(node), 'fill-N7', 'stroke-N5'];
  }
  visit(svg, (element) => {
    const { fill, className } = element.properties;
    if (element.tagName !== 'text' || fill !== undefined || text(className).includes('fill-')) return;
    element.properties.className = [
      ...classesOf(element),
      text(className).includes('text-link') ? 'fill-B2' : 'fill-N1',
    ];
  });
}

/** The line that D2 draws round a legend. */
const legendLine = '#DEE1EB';
