import { json } from './json.ts';
import { pretty } from './pretty.ts';
import type { Reporter } from './types.ts';

/** Every format of `check`, by its name on the command line. */
export const reporters = { pretty, json } as const satisfies Record<string, Reporter>;
