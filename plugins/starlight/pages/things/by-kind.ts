import type { Element } from 'hast';
import { h } from 'hastscript';
import { compareText } from '../../../base/index.ts';
import { type ElementContext, listElement } from '../../../remark/index.ts';
import { refById } from '../html.ts';

/**
 * Resources in one list; more of a kind than a line or two holds are folded under the kind and their number,
 * to be opened.
 */
export function byKind(ids: readonly string[], page: ElementContext): Element[] {
  const kinds = Map.groupBy([...new Set(ids)].sort(compareText), (id) => kindOf(id, page));
  if (ids.length <= mostShown)
    return [listElement([...kinds.values()].flat().map((id) => refById(id, page)))];
  const few = [...kinds.values()].filter(({ length }) => length <= mostOfKind).flat();
  const many = [...kinds].filter(([, own]) => own.length > mostOfKind);
  return [
    ...(few.length === 0 ? [] : [listElement(few.map((id) => refById(id, page)))]),
    ...many.map(([kind, own]) =>
      h('details.pl-fold', [
        h('summary', [String(own.length), ' ', kind]),
        listElement(own.map((id) => refById(id, page, nameIn(id, page)))),
      ]),
    ),
  ];
}

function kindOf(id: string, page: ElementContext): string {
  return page.platform.resource(id)?.kind ?? id;
}

/** Without the kind, which stands above it. */
function nameIn(id: string, page: ElementContext): string {
  const resource = page.platform.resource(id);
  return resource === undefined ? id : [resource.namespace ?? [], resource.name].flat().join('/');
}

const mostShown = 8;
const mostOfKind = 3;
