import type { Nodes, Parents, Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { directiveParts, offsetOf, type Positions, type Spot } from '../markdown/index.ts';
import { createDirectiveFinder } from './directives.ts';
import type { StatedPage } from './statement-kind.ts';
import { type Statement, statementKinds } from './statements/index.ts';
import { type Suppression, suppressionFrom } from './suppressions.ts';

/** Everything that a page states, in the order of the page, each with its node and the way down to it. */
export function extract(tree: Root, page: StatedPage): Extraction {
  const found: Located[] = [];
  const suppressions: Extraction['suppressions'] = [];
  const kinds = Object.entries(statementKinds);
  const finders = [
    createDirectiveFinder(
      new Map(kinds.flatMap(([name, { directive }]) => (directive ? [[name, directive]] : []))),
      page.positions,
    ),
    ...kinds.flatMap(([, kind]) => kind.find?.(page) ?? []),
  ];
  let heading: string | null = null;
  const spotOf = (node: Nodes, ancestors: Parents[]): Spot => ({
    ...{ node, ancestors, heading },
    start: offsetOf(node, 'start', page.positions),
    end: offsetOf(node, 'end', page.positions),
    directive: directiveParts(tree, node, page.positions),
  });
  const walk = (node: Nodes, ancestors: Parents[]): void => {
    if (node.type === 'heading') heading = textOf(node);
    const spot = spotOf(node, ancestors);
    found.push(...firstOf(finders, spot).map((statement) => ({ ...spot, statement })));
    if (!('children' in node)) return;
    for (const [index, child] of node.children.entries()) {
      const suppression = suppressionFrom(child, page.positions);
      if (suppression) suppressions.push({ ...suppression, block: nextBlock(node, index, page.positions) });
      walk(child, [...ancestors, node]);
    }
  };
  walk(tree, []);
  return { found, suppressions };
}

/** The statements of the first finder that finds any. */
function firstOf(finders: Finder[], spot: Spot): readonly Statement[] {
  for (const find of finders) {
    const statements = find(spot);
    if (statements.length > 0) return statements;
  }
  return [];
}

/** The block that a suppression stands before: the next sibling that is no suppression itself. */
function nextBlock(parent: Parents, index: number, positions: Positions): Nodes | null {
  return (
    parent.children.slice(index + 1).find((sibling) => suppressionFrom(sibling, positions) === null) ?? null
  );
}

type Finder = (spot: Spot) => readonly Statement[];

/** What was found on a page, in its order. */
export interface Extraction {
  found: Located[];
  suppressions: (Suppression & { block: Nodes | null })[];
}

/** A statement at its spot. */
export interface Located extends Spot {
  statement: Statement;
}
