import { compareText, counted, type Said } from '../base/index.ts';
import type { DiagramEdge, Drawing, DrawingNode } from './types.ts';
import { inEnglish, said } from './words.ts';

/**
 * Makes a drawing small enough to read. Shapes of one container become one shape, the largest groups first:
 * those of one application and class, of one application, of one kind; then containers close, and what is
 * left is counted. Says in words what it folded.
 */
export function fold(drawing: Drawing, limit = 60): { drawing: Drawing; folded: (Said | string)[] } {
  const folded: (Said | string)[] = [];
  let nodes: Shape[] = drawing.nodes;
  let edges = drawing.edges;
  const replace = (group: Shape[], shape: Look): void => {
    ({ nodes, edges } = merge(nodes, edges, group, shape));
  };
  for (const stage of stages) {
    let size = 0;
    for (const group of groupsOf(nodes, stage.key)) {
      // Groups as large as the last one go with it: equals are shown alike.
      if (nodes.length <= limit && group.length !== size) break;
      size = group.length;
      const { text, label, fold } = stage.says(group, membersOf(group));
      folded.push(text);
      replace(group, { label, class: 'more', ref: null, fold });
    }
    if (nodes.length <= limit) break;
    if (stage !== byKind) continue;
    for (const { container, children } of openContainers(nodes)) {
      if (nodes.length <= limit) break;
      folded.push(
        said('drawing.foldedIn', {
          what: said('number.shape', { count: membersOf(children) }),
          container: container.label.split('\n')[0] ?? '',
        }),
      );
      replace([container, ...children], { ...container });
    }
  }
  return { drawing: { ...drawing, nodes, edges }, folded };
}

/** Leaves alone are folded: a container's shape goes only with all that is in it. */
function groupsOf(nodes: Shape[], key: Stage['key']): Shape[][] {
  const parents = new Set(nodes.map((node) => node.parent));
  const groups = new Map<string, Shape[]>();
  for (const node of nodes) {
    const value = parents.has(node.id) ? null : key(node);
    if (value === null) continue;
    const group = groups.get(`${node.parent ?? ''}\0${value}`);
    if (group) group.push(node);
    else groups.set(`${node.parent ?? ''}\0${value}`, [node]);
  }
  return [...groups]
    .filter(([, group]) => group.length > 1)
    .sort(([a, first], [b, second]) => second.length - first.length || compareText(a, b))
    .map(([, group]) => group);
}

/** Containers of leaves alone, the fullest first. */
function openContainers(nodes: Shape[]): { container: Shape; children: Shape[] }[] {
  const inside = Map.groupBy(nodes, (node) => node.parent);
  return nodes
    .map((container) => ({ container, children: inside.get(container.id) ?? [] }))
    .filter(({ children }) => children.length > 0 && !children.some((child) => inside.has(child.id)))
    .sort((a, b) => b.children.length - a.children.length || compareText(a.container.id, b.container.id));
}

/** One shape in the place of the group's first, with the edges of all. */
function merge(
  nodes: Shape[],
  edges: DiagramEdge[],
  group: Shape[],
  look: Look,
): { nodes: Shape[]; edges: DiagramEdge[] } {
  const [first] = group;
  if (first === undefined) return { nodes, edges };
  const ids = new Set(group.map((node) => node.id));
  const usedIds = new Set(nodes.map((node) => node.id));
  let id = `${first.id}-and-more`;
  while (usedIds.has(id)) id += '-2';
  const one: Shape = { ...look, id, parent: first.parent, members: membersOf(group) };
  const end = (old: string): string => (ids.has(old) ? id : old);
  const joined = new Map<string, DiagramEdge>();
  for (const edge of edges) {
    const [from, to] = [end(edge.from), end(edge.to)];
    if (from === to) continue;
    const key = `${from}\0${to}\0${edge.type}`;
    const known = joined.get(key);
    // Edges that said different things say together only what they have in common.
    const label =
      known === undefined || known.label === edge.label ? edge.label : edge.type.replaceAll('-', ' ');
    joined.set(key, { ...edge, from, to, label });
  }
  return {
    nodes: nodes.flatMap((node) => (node === first ? [one] : ids.has(node.id) ? [] : [node])),
    edges: [...joined.values()],
  };
}

function membersOf(group: Shape[]): number {
  return group.reduce((sum, node) => sum + (node.members ?? 1), 0);
}

/** A group's kind in words: `3 Services` where all are of one. */
function countedOf(group: Shape[], members: number): Said | string {
  const kinds = new Set(group.map((node) => node.fold?.kind ?? ''));
  const [only] = kinds;
  return kinds.size === 1 && only ? counted(members, only) : said('number.resource', { count: members });
}

function ofApplication(group: Shape[], members: number): Folded {
  const application = group[0]?.fold?.application ?? '';
  const what = countedOf(group, members);
  return {
    text: said('drawing.foldedOf', { what, application }),
    label: `${application}\n${inEnglish(what)}`,
    fold: { application, kind: '' },
  };
}

const byClass: Stage = {
  key: (node) => (node.fold?.application ? `${node.fold.application}\0${node.class}` : null),
  says: ofApplication,
};
const byApplication: Stage = { key: (node) => node.fold?.application ?? null, says: ofApplication };
const byKind: Stage = {
  key: (node) => node.fold?.kind || null,
  says: (group, members) => {
    const text = countedOf(group, members);
    return { text, label: inEnglish(text), fold: { application: null, kind: '' } };
  },
};
/** Whatever is left in one container; only what a view protects (the centre of `around`) stays. */
const rest: Stage = {
  key: (node) => (node.fold === null ? null : 'rest'),
  says: (_group, members) => {
    const text = said('number.moreShape', { count: members });
    return { text, label: inEnglish(text), fold: null };
  },
};
const stages = [byClass, byApplication, byKind, rest];

/** `members`: how many shapes of the unfolded drawing it stands for. */
type Shape = DrawingNode & { members?: number };
type Look = Pick<DrawingNode, 'label' | 'class' | 'ref' | 'fold'>;
type Folded = { text: Said | string; label: string; fold: DrawingNode['fold'] };

interface Stage {
  /** What shapes of one group have in common; null for shapes that are not folded at this stage. */
  key(node: Shape): string | null;
  says(group: Shape[], members: number): Folded;
}
