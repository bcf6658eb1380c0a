import { concise } from './concise.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { pretty } from './pretty.ts';
import { rdjson } from './rdjson.ts';
import { sarif } from './sarif.ts';
import type { Reporter } from './types.ts';

/** Every format of `check`, by its name on the command line. */
export const reporters = { pretty, json, concise, github, sarif, junit, rdjson } as const satisfies Record<
  string,
  Reporter
>;
