import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { siteClasses } from '../../d2/index.ts';
import type { Speech } from '../../words/index.ts';
import type { Picture } from './pictures.ts';

/** What the colours of a drawing stand for, where it has two or more of ours. */
export function legend(pictures: Iterable<Picture>, { say }: Speech): Element[] {
  const used = new Set([...pictures].flatMap(({ drawn }) => drawn.nodes.flatMap(classesIn)));
  const names = classNames.filter((name) => used.has(name));
  if (names.length < 2) return [];
  return [
    h(
      'ul',
      { class: 'pl-legend d2-legend', ariaLabel: say('figure.legend'), dataPagefindIgnore: '' },
      names.map((name) => h('li', { class: `d2-${name}` }, say(`shape.${name}`))),
    ),
  ];
}

function classesIn(node: ElementContent): string[] {
  if (node.type !== 'element') return [];
  const own = /^var\(--d2-([a-z]+)-fill/.exec(String(node.properties.fill ?? ''))?.[1];
  return [...(own === undefined ? [] : [own]), ...node.children.flatMap(classesIn)];
}

const classNames = Object.keys(siteClasses) as (keyof typeof siteClasses)[];
