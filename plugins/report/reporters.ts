import type { Reporter } from './types.ts';

/**
 * Every format of `check`, by its name on the command line, in the order of its help; loaded when it is asked
 * for.
 */
export const reporters = {
  pretty: async () => (await import('./pretty.ts')).pretty,
  concise: async () => (await import('./concise.ts')).concise,
  json: async () => (await import('./json.ts')).json,
  github: async () => (await import('./github.ts')).github,
  sarif: async () => (await import('./sarif.ts')).sarif,
  junit: async () => (await import('./junit.ts')).junit,
  codequality: async () => (await import('./codequality.ts')).codequality,
  rdjson: async () => (await import('./rdjson.ts')).rdjson,
} as const satisfies Record<string, () => Promise<Reporter>>;

export type Format = keyof typeof reporters;

/** Every format, as `--format` is given one. */
export const formats = Object.keys(reporters) as Format[];
