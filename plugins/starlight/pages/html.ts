import type { Element } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Resource } from '../../model/index.ts';
import {
  breakable,
  breakableName,
  type Content,
  type ElementContext,
  linkElement,
  type TableParts,
  tableFigure,
} from '../../remark/index.ts';
import type { Place } from '../../source/index.ts';
import type { Speech } from '../../words/index.ts';
import { apartOf } from './things/twins.ts';

/**
 * HTML for generated pages, escaped by hast: names, labels and messages of the repository are text, never
 * markup. One line without blank ones, so that Markdown takes the whole as one block.
 */
export function block(...nodes: Content[]): string {
  return htmlOf(...nodes).replace(/\s*[\n\r]\s*/g, ' ');
}

/** The same for what goes through no Markdown. */
export function htmlOf(...nodes: Content[]): string {
  const html = toHtml({ type: 'root', children: h(null, nodes).children });
  // Pagefind knows where a paragraph or a cell ends, but not that a fact does: its words would run together.
  return html.replaceAll(/<\/d[td]>(?=<)/g, '$& ');
}

/** A resource, as a link to its page where it has one; a style makes it look like code. */
export function ref(resource: Resource, { links }: ElementContext, text = shortName(resource)): Element {
  const href = links.resource(resource);
  return href === null ? h('code', breakable(text)) : h('a', { href }, breakable(text));
}

/** The same, with what tells it from others of its kind, namespace and name, where there are any. */
export function refApart(resource: Resource, page: ElementContext, text: string): Content {
  return withApart(ref(resource, page, text), resource, page);
}

/** Its name, in a list of thousands that a style makes look like code. */
export function nameApart(resource: Resource, page: ElementContext): Content {
  const href = page.links.resource(resource);
  return withApart(linkElement(href, { class: 'pl-ref' }, breakableName(resource.name)), resource, page);
}

function withApart(own: Element, resource: Resource, page: ElementContext): Content {
  const apart = apartOf(page.platform.model).get(resource.id);
  return apart === undefined ? own : [own, ' ', h('span.pl-muted', breakableName(apart))];
}

/** A resource by its id; the id alone where the model has none. */
export function refById(id: string, page: ElementContext, text?: string): Element {
  const resource = page.platform.resource(id);
  return resource ? ref(resource, page, text) : h('code', text ?? id);
}

/** A line of a file, as a link where it leads elsewhere than to the page of `self`, or to a line there. */
export function place(
  at: Place,
  { links }: ElementContext,
  self?: Resource,
  text = `${at.file}:${at.line}`,
): Element {
  const target = links.place(at);
  const own = self === undefined ? null : links.resource(self);
  const below = own !== null && target?.startsWith(`${own}#`) ? target.slice(own.length) : target;
  return linkElement(below === own ? null : below, { class: 'pl-place' }, breakable(text));
}

/** The same by the file's name, where its path stands above: a link where it leads to another site. */
export function fileOf(at: Place, { links }: ElementContext): Element | string {
  const target = links.place(at);
  const name = `${at.file.split('/').at(-1)}:${at.line}`;
  return target?.startsWith('http') ? h('a.pl-place', { href: target }, name) : name;
}

/**
 * Of what stands on the pages of many things alike, such as a command, or names of others, each of which is
 * found by its name: the text of a search is for what one page alone says.
 */
export const unsearched = { dataPagefindIgnore: '' };

/** `Kind/name`, with the namespace where there is one. */
export function shortName(resource: Pick<Resource, 'kind' | 'namespace' | 'name'>): string {
  return [resource.kind, resource.namespace, resource.name].filter((part) => part !== null).join('/');
}

/** A table in the form that the pages' own tables have, so that it looks and filters alike. */
export function table(
  {
    rows,
    ...parts
  }: Omit<TableParts, 'groups' | 'total' | 'speech'> & Pick<TableParts['groups'][number], 'rows'>,
  speech: Speech,
  as: Partial<typeof unsearched> = {},
): string {
  const { id = parts.view } = parts;
  const figure = tableFigure({ ...parts, id, speech, groups: [{ rows }], total: rows.length });
  return block({ ...figure, properties: { ...figure.properties, ...as } });
}

/** What a row was made of, for the arrow at its end. */
export function lineOf(
  at: Place,
  { links }: Pick<ElementContext, 'links'>,
): { href: string | null; text: string } {
  return { href: links.place(at), text: `${at.file}:${at.line}` };
}
