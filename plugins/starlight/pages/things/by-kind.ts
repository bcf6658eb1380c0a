import type { Element } from 'hast';
import { h } from 'hastscript';
import { compareText } from '../../../base/index.ts';
import { type Content, type ElementContext, listElement } from '../../../remark/index.ts';
import { refApart, refById, shortName } from '../html.ts';
import { apartOf } from './twins.ts';

/**
 * Resources in one list; more of a kind than a line or two holds are folded under the kind and their number,
 * to be opened. Of those that are called alike each says what tells it from the others, and nothing else
 * where all under a kind are.
 */
export function byKind(ids: readonly string[], page: ElementContext): Element[] {
  const all = [...new Set(ids)];
  const apart = apartOf(page.platform.model);
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
    ...many.map(([kind, own]) => {
      const [name, ...others] = new Set(own.map((id) => nameIn(id, page)));
      const isOne = name !== undefined && others.length === 0;
      const shown = own
        .slice(0, mostInFold)
        .map((id) => (isOne ? refById(id, page, apart.get(id) ?? name) : refTo(id, nameIn(id, page))));
      return h('details.pl-fold', [
        h('summary', [String(own.length), ' ', kind, ...(isOne ? [' ', h('code', name)] : [])]),
        listElement([...shown, ...moreOf(own, page)]),
      ]);
    }),
  ];
}

/** How many of a fold it does not name, with the way to the list of all of their kind. */
function moreOf(ids: readonly string[], page: ElementContext): Content[] {
  const count = ids.length - mostInFold;
  const [first] = ids;
  if (count <= 0 || first === undefined) return [];
  const more = page.speech.say('names.andMore', { count });
  const resource = page.platform.resource(first);
  const address = resource === undefined ? null : (page.links.kind?.(resource) ?? null);
  return [address === null ? more : h('a', { href: address }, more)];
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
/** A policy of a library judges thousands, and each of its rules all of them: a page of it had a megabyte. */
const mostInFold = 50;
