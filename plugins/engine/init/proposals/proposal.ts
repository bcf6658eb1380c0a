import type { SubjectKind } from '../../../query/index.ts';

/**
 * What may hold of a platform: a sentence with its test, put forward and not believed. Where a few do not
 * hold it they are named in the sentence and in the test, so that one more of them is a fault.
 */
export type Proposal = Rule | Shared;

interface Common {
  /** Of the proposals of one topic the first that holds is told. */
  topic: string;
  /** Default: resources. */
  over?: SubjectKind;
  /** CEL: what the sentence speaks of. */
  of: string;
  /** How many must hold it for a sentence to be worth it; default 2. */
  least?: number;
}

/** One test for all: `all` must hold of each, `none` of none. */
interface Rule extends Common {
  all?: string;
  none?: string;
  read?: undefined;
  /** @param but `` but `a` and `b` `` with a space before it; empty where nobody is excepted. */
  says(but: string): string;
}

/** A value that most share, which the test and the sentence then name. */
interface Shared extends Common {
  /** CEL that gives a text; an empty one is none. */
  read: string;
  /** What of it is shared; default: all of it. */
  part?(text: string): string;
  test(value: string): string;
  says(but: string, value: string): string;
}

/**
 * Whether a text is a name of Kubernetes (RFC 1123) or of a host: nothing in it means anything to Markdown or
 * CEL.
 */
export function isPlain(name: string): boolean {
  return /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(name);
}
