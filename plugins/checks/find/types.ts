import type { Nodes, Parents } from 'mdast';
import type { Platform } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';
import type { Statement } from '../types.ts';

/** What was found on a page, in its order. */
export interface Extraction {
  found: Located[];
  suppressions: (Suppression & { block: Nodes | null })[];
}

export interface Located {
  statement: Statement;
  node: Nodes;
  /** From the root down to the node's parent. */
  ancestors: Parents[];
}

export interface PageInfo {
  platform: Platform;
  /** Absolute path of the page; null where it has no file. */
  path: string | null;
}

export interface Suppression {
  rule: string;
  reason: string;
  place: Place;
}
