import type { Code, InlineCode, Nodes, Parents, Root, Text } from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import { toString as textOf } from 'mdast-util-to-string';
import type { Positions } from '../../markdown/index.ts';
import { scanDirective, toAttributes } from '../../markdown/index.ts';
import { inlineStatement, type ShellPage, type Statement } from '../index.ts';
import { commandStatements } from './find-commands.ts';
import { excerptStatement } from './find-excerpt.ts';
import { fenceStatement } from './find-fence.ts';
import { linkStatement } from './find-link.ts';
import { snapshotStatement } from './find-snapshot.ts';
import { misplaced, misspelt, unparsed } from './malformed.ts';
import { suppressionFrom } from './suppressions.ts';
import type { Extraction, PageInfo } from './types.ts';

/** Everything that a page states, in the order of the page, each with its node and the way down to it. */
export function extract(tree: Root, positions: Positions, page: PageInfo): Extraction {
  const extraction: Extraction = { found: [], suppressions: [] };
  const shell = { path: page.path, commands: [], moves: false };
  walk(tree, [], { positions, page, extraction, heading: null, shell });
  return extraction;
}

function walk(node: Nodes, ancestors: Parents[], state: State): void {
  visit(node, ancestors, state);
  if (!('children' in node)) return;
  for (const [index, child] of node.children.entries()) {
    const suppression = suppressionFrom(child, state.positions);
    if (suppression)
      state.extraction.suppressions.push({ ...suppression, block: nextBlock(node, index, state) });
    walk(child, [...ancestors, node], state);
  }
}

/** The block that a suppression stands before: the next sibling that is no suppression itself. */
function nextBlock(parent: Parents, index: number, { positions }: State): Nodes | null {
  return (
    parent.children.slice(index + 1).find((sibling) => suppressionFrom(sibling, positions) === null) ?? null
  );
}

function visit(node: Nodes, ancestors: Parents[], state: State): void {
  const { positions, extraction, page } = state;
  const add = (statement: Statement) => extraction.found.push({ statement, node, ancestors });
  const [start, end] = [offsetOf(node, 'start', positions), offsetOf(node, 'end', positions)];
  switch (node.type) {
    case 'heading':
      state.heading = textOf(node);
      return;
    case 'leafDirective':
    case 'textDirective':
    case 'containerDirective': {
      const statement = directiveStatement(node, start, end, state);
      if (statement) add(statement);
      return;
    }
    case 'code':
      for (const statement of fenceOf(node, start, end, state)) add(statement);
      return;
    case 'link':
    case 'image':
    case 'definition': {
      const statement = linkStatement(node, start, end, positions, page.path);
      if (statement) add(statement);
      return;
    }
    case 'inlineCode': {
      const statement = inlineOf(node, start, end, state);
      if (statement) add(statement);
      return;
    }
    case 'text':
      for (const statement of unparsed(node as Text, start, end, positions)) add(statement);
      return;
    default: {
      const statement = snapshotStatement(node, ancestors, positions);
      if (statement) add(statement);
    }
  }
}

function directiveStatement(
  node: LeafDirective | TextDirective | ContainerDirective,
  start: number,
  end: number,
  { positions }: State,
): Statement | null {
  const scanned = scanDirective(positions.text, start);
  const place = positions.place(start, node.type === 'containerDirective' ? scanned.end : end);
  // `12:fact` in a sentence is a text directive to the parser, and none of ours.
  if (node.type === 'textDirective' && !scanned.label && !scanned.block && !scanned.fault) return null;
  // `\::table` is the author's way to write about a directive; the parser still sees one behind the escaped colon.
  if (node.type === 'textDirective' && positions.text[start - 1] === ':') return null;
  const wrong = misplaced(node, scanned, place, positions);
  if (wrong) return wrong;
  const attributes = toAttributes(scanned.block, positions);
  switch (`${node.type} ${node.name}`) {
    case 'leafDirective table':
      return { type: 'table', place, attributes };
    case 'leafDirective diagram':
      return { type: 'diagram', place, attributes };
    case 'textDirective fact': {
      const literalPlace = scanned.label ? positions.place(scanned.label.start, scanned.label.end) : place;
      return { type: 'fact', place, literal: textOf(node), literalPlace, attributes };
    }
    case 'textDirective claim':
    case 'containerDirective claim':
      return { type: 'claim', place, text: textOf(node).replaceAll(/\s+/g, ' ').trim(), attributes };
    default:
      return misspelt(node, scanned, place);
  }
}

function fenceOf(node: Code, start: number, end: number, state: State): Statement[] {
  const { positions, page, heading, shell } = state;
  if (node.lang?.toLowerCase() === 'd2')
    return [fenceStatement(node, start, positions, { path: page.path, heading })];
  const excerpt = excerptStatement(node, start, end, positions);
  return excerpt ? [excerpt] : commandStatements(node, start, positions, shell);
}

function inlineOf(
  node: InlineCode,
  start: number,
  end: number,
  { positions, page }: State,
): Statement | null {
  const kind = inlineStatement(node.value, page.platform);
  if (kind === null) return null;
  // The place is what stands between the backticks, so that a replacement keeps them.
  const inside = positions.text.indexOf(node.value, start);
  const place =
    inside >= 0 && inside < end
      ? positions.place(inside, inside + node.value.length)
      : positions.place(start, end);
  return kind === 'path'
    ? { type: 'path', place, pattern: node.value }
    : { type: 'reference', place, text: node.value };
}

/** Offset in the real file; nodes that other plugins made have no position and count as standing at the start. */
export function offsetOf(node: Nodes, side: 'start' | 'end', positions: Positions): number {
  const offset = node.position?.[side].offset;
  return offset === undefined ? 0 : positions.toReal(offset);
}

interface State {
  positions: Positions;
  page: PageInfo;
  extraction: Extraction;
  heading: string | null;
  /** What the shell fences of the page hold so far. */
  shell: ShellPage;
}
