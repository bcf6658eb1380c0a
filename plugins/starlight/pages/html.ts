import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Model, Resource } from '../../model/index.ts';
import type { PageLinks } from '../../remark/index.ts';
import type { Place } from '../../source/index.ts';

/**
 * HTML for generated pages, escaped by hast: names, labels and messages of the repository are text, never markup.
 * One line without blank ones, so that Markdown takes the whole as one block.
 */
export function block(...nodes: Content[]): string {
  return toHtml({ type: 'root', children: h(null, nodes).children }).replace(/\s*\n\s*/g, ' ');
}

/** A resource, as a link to its page where it has one. */
export function ref(links: PageLinks, resource: Resource, text = shortName(resource)): ElementContent {
  const target = links.resource(resource);
  const code = h('code', breakable(text));
  return target === null ? h('span.pl-ref', code) : h('a.pl-ref', { href: target }, code);
}

/** A path or reference that a narrow page may break behind its slashes. */
function breakable(text: string): (ElementContent | string)[] {
  return text.split(/(?<=\/)/).flatMap((part, index) => (index === 0 ? [part] : [h('wbr'), part]));
}

/** A resource by its id; the id alone where the model has none. */
export function refById(model: ById, links: PageLinks, id: string): ElementContent {
  const resource = model.get(id);
  return resource ? ref(links, resource) : h('code', id);
}

/** A line of a file, as a link where it leads somewhere else than to `self`. */
export function place(links: PageLinks, at: Place, self?: Resource): ElementContent {
  const text = `${at.file}:${at.line}`;
  const target = links.place(at);
  return target === null || (self && target === links.resource(self))
    ? h('span.pl-place', breakable(text))
    : h('a.pl-place', { href: target }, breakable(text));
}

/** `Kind/name`, with the namespace where there is one. */
export function shortName(resource: Resource): string {
  return [resource.kind, resource.namespace, resource.name].filter((part) => part !== null).join('/');
}

export function byId(model: Model): ById {
  return new Map(model.resources.map((resource) => [resource.id, resource]));
}

/** A list; one item stands alone. */
export function items(contents: Content[]): ElementContent {
  const [only] = contents;
  if (contents.length === 1 && only !== undefined) return h('span', only);
  return h(
    'ul.pl-items',
    contents.map((content) => h('li', content)),
  );
}

/** A table in the form that the pages' own tables have, so that it looks and filters alike. */
export function table(options: {
  view: string;
  caption: string;
  columns: Column[];
  rows: { id: string; cells: Content[] }[];
}): string {
  const { view, caption, columns, rows } = options;
  return block(
    h(
      'figure.pl-table.not-content',
      { dataView: view, dataRows: String(rows.length), dataTotal: String(rows.length) },
      [
        h('figcaption.pl-caption', caption),
        h('div.pl-scroll', { role: 'region', ariaLabel: caption, tabindex: '0' }, [
          h('table', [
            h(
              'thead',
              h(
                'tr',
                columns.map((column) =>
                  h('th', { scope: 'col', dataColumn: column.name, ...right(column) }, column.label),
                ),
              ),
            ),
            h(
              'tbody',
              rows.map((row) =>
                h(
                  'tr',
                  { dataId: row.id },
                  row.cells.map((cell, index) => h('td', right(columns[index]), cell)),
                ),
              ),
            ),
          ]),
        ]),
        h('p.pl-foot', h('span.pl-count', `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`)),
      ],
    ),
  );
}

function right(column: Column | undefined): { className?: string } {
  return column?.align === 'right' ? { className: 'pl-right' } : {};
}

export type Content = ElementContent | string | (ElementContent | string)[];
export type ById = Map<string, Resource>;
export interface Column {
  name: string;
  label: string;
  align?: 'right';
}
