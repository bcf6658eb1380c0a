import type { JsonValue } from '../../base/index.ts';

/** What was read of outputs. Lives as long as a run. */
export function openMemo(): OutputMemo {
  return { objects: new Map(), annotations: new Map() };
}

export interface OutputMemo {
  /** Objects as JSON by their text, */
  objects: Map<string, string>;
  /** and what annotations say, by theirs. */
  annotations: Map<string, JsonValue>;
}
