import type { UnreadPart } from '../../platform/index.ts';

/** A part that leaves one field of what is known open, and can bring nothing further. */
export function fieldPart(unverified: UnreadPart['unverified']): UnreadPart {
  const never = (): boolean => false;
  return {
    unverified,
    deployer: null,
    set: null,
    alters: false,
    adds: false,
    layer: 'gitops',
    stack: null,
    namespaces: null,
    files: [],
    isWritten: true,
    mayLandIn: never,
    mayBeNamed: never,
    mayHold: never,
    mayHoldKind: never,
    mayHoldGroup: never,
  };
}

export interface UnsureField {
  /** `*` for all of them, */
  name: string;
  /** but for these. */
  except?: ReadonlySet<string>;
  /** The keys that lead to it, where others of the same name are known. */
  path?: readonly string[];
  /** Keys of what the path leads to that are known all the same. */
  known?: ReadonlySet<string>;
  parts: UnreadPart[];
}
