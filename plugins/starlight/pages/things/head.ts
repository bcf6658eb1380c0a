import type { Element } from 'hast';
import { h, s } from 'hastscript';
import { linkElement } from '../../../remark/index.ts';
import { iconOf } from '../../icons/kinds.ts';
import { htmlOf, refById, unsearched } from '../html.ts';
import type { Thing } from './thing.ts';

/**
 * What stands in the place of the title: the way there, and the kind, namespace and name, which read as the
 * title does.
 */
export function headOf({ explanation, resource, page, stackPage }: Thing): string {
  const { kind, namespace, name, stack, deployedBy } = explanation;
  const crumbs = [
    ...(stack === null ? [] : [h('li', linkElement(stackPage, {}, stack))]),
    ...(deployedBy === null ? [] : [h('li', refById(deployedBy.id, page, deployedBy.name))]),
    h('li', linkElement(page.links.kind?.(resource) ?? null, {}, kind)),
  ];
  const address = namespace === null ? null : namespaceAddress(explanation, page);
  const chip =
    namespace === null
      ? []
      : [linkElement(address, { class: 'pl-chip' }, namespace), h('span.pl-slash', '/')];
  return htmlOf(
    h('nav.pl-crumbs', { ariaLabel: page.speech.say('thing.crumbs'), ...unsearched }, h('ol', crumbs)),
    h('h1#_top.pl-title', [
      h('span.pl-kind', [icon(kind, page), kind]),
      ' ',
      h('span.pl-named', [...chip, h('span.pl-name', name)]),
    ]),
  );
}

/** The page of a namespace that is declared, else that of what is in it. */
function namespaceAddress(
  { namespace, namespaceId }: Thing['explanation'],
  page: Thing['page'],
): string | null {
  const declared = namespaceId === null ? undefined : page.platform.resource(namespaceId);
  return declared ? page.links.resource(declared) : (page.links.namespace?.(namespace ?? '') ?? null);
}

/** The mark of a kind, from the sprite of the site. */
function icon(kind: string, { links }: Thing['page']): Element {
  const home = (links.page('') ?? '').replace(/\/?$/, '/');
  return s(
    'svg.pl-icon',
    { ariaHidden: 'true' },
    s('use', { href: `${home}plumbline/icons.svg#${iconOf(kind)}` }),
  );
}
