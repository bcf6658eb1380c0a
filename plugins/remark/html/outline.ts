import type { Element } from 'hast';
import { h } from 'hastscript';
import { oneLine } from '../../d2/index.ts';
import type { Board } from './board-tabs.ts';
import { breakableName } from './elements.ts';
import type { ElementContext } from './hast.ts';

/**
 * A board as a list from top to bottom, for where no drawing of it fits: each shape with what its edges say,
 * those that lie in a shape below it.
 */
export function outline(board: Board, page: ElementContext): Element {
  const labels = new Map(board.shapes.map(({ id, label }) => [id, oneLine(label) || id]));
  const parents = new Map(board.shapes.map(({ id }) => [id, parentOf(id, labels)]));
  const items = (parent: string | null): Element[] =>
    board.shapes.filter(({ id }) => parents.get(id) === parent).map(({ id }) => item(id));
  const item = (id: string): Element => {
    const label = breakableName(labels.get(id) ?? id);
    const bound = board.bound[id];
    const resource = bound === undefined ? undefined : page.platform.resource(bound);
    const href = resource === undefined || page.inLink ? null : page.links.resource(resource);
    const edges = board.edges.filter(({ ends }) => ends[0] === id);
    const inner = items(id);
    return h('li', [
      h('b', href === null ? label : h('a', { href }, label)),
      ...(edges.length === 0
        ? []
        : [
            h(
              'ul',
              edges.map(({ to, ends, label: says }) =>
                h('li', [
                  ...(says === '' ? [] : [h('span.pl-muted', oneLine(says)), ' ']),
                  breakableName(labels.get(ends[1]) ?? to),
                ]),
              ),
            ),
          ]),
      ...(inner.length === 0 ? [] : [h('ul', inner)]),
    ]);
  };
  return h('ul', items(null));
}

/** The shape that another lies in; ids are compared, as names may hold dots of their own. */
function parentOf(id: string, labels: Map<string, string>): string | null {
  for (let at = id.lastIndexOf('.'); at > 0; at = id.lastIndexOf('.', at - 1)) {
    const above = id.slice(0, at);
    if (labels.has(above)) return above;
  }
  return null;
}
