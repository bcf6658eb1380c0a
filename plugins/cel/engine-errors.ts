import { TypeError as CelTypeError, EvaluationError, ParseError } from '@marcbachmann/cel-js';
import { safeMatches } from './environment.ts';
import { restoreReserved } from './reserved-words.ts';

export { EvaluationError } from '@marcbachmann/cel-js';

/** What kind of fault the engine's error is, and the place that it is about. */
export function readError(error: unknown): EngineError {
  if (error instanceof RangeError) return { kind: 'nested', ...nowhere };
  // The engine stumbles over a few senseless mixtures of types with words about itself.
  if (!(error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError))
    return { kind: 'mixture', ...nowhere };
  const { code, range, cause } = error;
  const summary = restoreReserved(error.summary).replaceAll(safeMatches, 'matches');
  const kind =
    code === 'limit_exceeded'
      ? 'size'
      : error instanceof ParseError
        ? 'syntax'
        : missingCodes.has(code)
          ? 'missing'
          : 'type';
  return { kind, code, summary, range, nodeStart: error.node?.start, cause };
}

const missingCodes = new Set([
  'no_such_key',
  'index_out_of_bounds',
  'unknown_variable',
  'optional_value_missing',
]);

const nowhere = { code: '', summary: '', range: undefined, nodeStart: undefined, cause: undefined };

export interface EngineError {
  /** `size` is that of the expression, `nested` that of the stack or of a value; `missing` is a key. */
  kind: 'syntax' | 'type' | 'missing' | 'size' | 'nested' | 'mixture';
  code: string;
  /** The engine's words, names as the author wrote them. */
  summary: string;
  range: { start: number; end: number } | undefined;
  /** Where what it is about begins: of a missing key the whole chain that ends with it. */
  nodeStart: number | undefined;
  cause: unknown;
}
