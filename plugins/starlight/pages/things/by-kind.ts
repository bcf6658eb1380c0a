import type { Element } from 'hast';
import { h } from 'hastscript';
import { compareText } from '../../../base/index.ts';
import { type Content, type ElementContext, listElement } from '../../../remark/index.ts';
import { refApart, refById, shortName } from '../html.ts';

/**
 * Resources in one list; more of a kind than a line or two holds are folded under the kind and their number,
 * to be opened. Of those that are called alike each says what tells it from the others.
 */
export function byKind(ids: readonly string[], page: ElementContext): Element[] {
  const all = [...new Set(ids)];
  const called = Map.groupBy(all, (id) => nameOf(id, page));
  const refTo = (id: string, text?: string): Content => {
    const resource = page.platform.resource(id);
    const isAlone = (called.get(nameOf(id, page))?.length ?? 0) < 2;
    return resource === undefined || isAlone
      ? refById(id, page, text)
      : refApart(resource, page, text ?? shortName(resource));
  };
  const kinds = Map.groupBy(all.sort(compareText), (id) => kindOf(id, page));
  if (ids.length <= mostShown) return [listElement([...kinds.values()].flat().map((id) => refTo(id)))];
  const few = [...kinds.values()].filter(({ length }) => length <= mostOfKind).flat();
  const many = [...kinds].filter(([, own]) => own.length > mostOfKind);
  return [
    ...(few.length === 0 ? [] : [listElement(few.map((id) => refTo(id)))]),
    ...many.map(([kind, own]) =>
      h('details.pl-fold', [
        h('summary', [String(own.length), ' ', kind]),
        listElement(own.map((id) => refTo(id, nameIn(id, page)))),
      ]),
    ),
  ];
}

function kindOf(id: string, page: ElementContext): string {
  return page.platform.resource(id)?.kind ?? id;
}

/** What it is called by; others may be called so, too. */
function nameOf(id: string, page: ElementContext): string {
  const resource = page.platform.resource(id);
  return resource === undefined ? id : shortName(resource);
}

/** Without the kind, which stands above it. */
function nameIn(id: string, page: ElementContext): string {
  const resource = page.platform.resource(id);
  return resource === undefined ? id : [resource.namespace ?? [], resource.name].flat().join('/');
}

const mostShown = 8;
const mostOfKind = 3;
