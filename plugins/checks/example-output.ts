import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rules } from './rules.ts';

/** What `plumbline check` says of a rule's failing example, as a test has seen it last; null where there is none yet. */
export function exampleOutput(rule: string): string | null {
  try {
    return readFileSync(resolve(import.meta.dirname, 'examples', `${rule}.txt`), 'utf8');
  } catch {
    return null;
  }
}

/** Rules of the same family: those whose names begin with the same word. */
export function relatedRules(rule: string): string[] {
  const family = `${rule.split('-')[0]}-`;
  return Object.keys(rules).filter((name) => name !== rule && name.startsWith(family));
}
