/** What a filter says of an event, with the error that upstream reports beside it. */

/** All must pass; the first that does not decides, as nothing after it is looked at. */
export function all(outcomes: readonly Outcome[]): Outcome {
  const unknown = outcomes.find(({ passes }) => passes === null);
  const stopping = outcomes.find(({ passes }) => passes === false);
  return stopping ?? unknown ?? certain(true);
}

/** One must pass; errors of the others are told, and of one that passes where `keepsErrors`. */
export function any(outcomes: readonly Outcome[], keepsErrors: boolean): Outcome {
  const errors = outcomes.flatMap(({ error }) => error ?? []);
  const error = errors.length > 0 ? errors.join(' / ') : null;
  if (outcomes.some(({ passes }) => passes === true))
    return { passes: true, error: keepsErrors ? error : null };
  return outcomes.find(({ passes }) => passes === null) ?? { passes: false, error };
}

export function certain(passes: boolean): Outcome {
  return { passes, error: null };
}

/** Upstream reports an error, and the event does not pass. */
export function failed(error: string): Outcome {
  return { passes: false, error };
}

export function unknownWhere(why: string): Outcome {
  return { passes: null, error: null, why };
}

export interface Outcome {
  /** Null where it cannot be known here; `why` says the reason. */
  passes: boolean | null;
  /** As the sensor logs it. */
  error: string | null;
  why?: string;
}
