import type { Element } from 'hast';
import { replaceChild, text, visit } from './svg-tree.ts';

/** Gives every id its place under the salt, numbered as they come, and every reference the new name. */
export function saltIds(svg: Element, salt: string): void {
  const names = new Map<string, string>();
  const used = new Set<string>();
  visit(svg, (element) => {
    for (const value of Object.values(element.properties)) {
      for (const [, id] of text(value).matchAll(reference)) if (id !== undefined) used.add(id);
    }
  });
  visit(svg, (element, parent) => {
    const id = text(element.properties.id);
    if (id === '') return;
    if (element.tagName === 'mask' && (!used.has(id) || hidesNothing(element)))
      return replaceChild(parent, element);
    if (used.has(id) && !names.has(id)) names.set(id, `${salt}-${names.size + 1}`);
    element.properties.id = names.get(id);
  });
  visit(svg, (element) => {
    for (const [name, value] of Object.entries(element.properties)) {
      if (typeof value !== 'string' || !value.includes('url(')) continue;
      const known = [...value.matchAll(reference)].every(([, id]) => names.has(id ?? ''));
      element.properties[name] = known
        ? value.replace(reference, (_, id: string) => `url(#${names.get(id)})`)
        : undefined;
    }
  });
}

/** A mask is as large as its drawing, and white where that is seen: of edges without labels all of it is. */
function hidesNothing(mask: Element): boolean {
  return mask.children.every((node) => node.type === 'element' && node.properties.fill === 'white');
}

/** A salt as it can stand in an id and in a class: letters, digits, `-` and `_`, a letter first. */
export function safeSalt(salt: string): string {
  const bare = salt.replace(/[^A-Za-z0-9_-]/g, '-');
  return /^[A-Za-z]/.test(bare) ? bare : `d2-${bare}`;
}

const reference = /url\((?:['"]?)#([^'")]+)(?:['"]?)\)/g;
