import type { Element } from 'hast';
import { replaceChild, svgElement, text, visit } from './svg-tree.ts';

/** A picture that is drawn several times in one size carries its bytes once; the others refer to it. */
export function sharePictures(svg: Element, salt: string): void {
  const known = new Map<string, Element>();
  visit(svg, (image, parent) => {
    if (image.tagName !== 'image') return;
    const { href, width, height, x, y } = image.properties;
    const key = [href, width, height].join(' ');
    const first = known.get(key);
    if (first === undefined) return void known.set(key, image);
    first.properties.id ??= `${salt}-p${[...known.keys()].indexOf(key) + 1}`;
    const shift = (to: unknown, from: unknown): string =>
      String(Number((Number(text(to) || 0) - Number(text(from) || 0)).toFixed(2)));
    const use = svgElement('use', {
      href: `#${first.properties.id}`,
      x: shift(x, first.properties.x),
      y: shift(y, first.properties.y),
    });
    replaceChild(parent, image, use);
  });
}
