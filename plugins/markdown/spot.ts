import type { Nodes, Parents } from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import type { Place } from '../source/index.ts';
import type { DirectiveParts } from './directive-places.ts';
import type { Positions } from './positions.ts';
import type { Attributes } from './types.ts';

/**
 * Offset in the real file; nodes that other plugins made have no position and count as standing at the start.
 */
export function offsetOf(node: Nodes, side: 'start' | 'end', positions: Positions): number {
  const offset = node.position?.[side].offset;
  return offset === undefined ? 0 : positions.toReal(offset);
}

/** A node of a page with where it stands. */
export interface Spot {
  node: Nodes;
  /** From the root down to the node's parent. */
  ancestors: Parents[];
  /** Offsets in the real file. */
  start: number;
  end: number;
  /** Words of the heading of its section; null before the first. */
  heading: string | null;
  /** Where the parts of a directive stand; null for any other node. */
  directive: DirectiveParts | null;
}

/** A directive (`:name[label]{attributes}`) with the places of its parts. */
export interface Directive {
  node: ContainerDirective | LeafDirective | TextDirective;
  place: Place;
  /** Between the brackets; null where there are none. */
  labelPlace: Place | null;
  attributes: Attributes;
  /** What would stand between the brackets for another text. */
  written(text: string): string;
}
