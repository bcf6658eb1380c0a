import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Rule } from './rules/rule.ts';
import { ruleNames } from './rules.ts';

/**
 * What `plumbline check` says of a rule's failing example, as a test has seen it last; null where there is
 * none yet.
 */
export function exampleOutput(rule: Rule): string | null {
  const file = exampleFile(rule);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** The file that `test/messages` writes beside the module of a rule. */
export function exampleFile({ name, about }: Rule): string {
  return resolve(import.meta.dirname, 'rules', about === 'page' ? 'pages' : 'manifests', `${name}.txt`);
}

/** Rules of the same family: those whose names begin with the same word. */
export function relatedRules(rule: string): string[] {
  const family = `${rule.split('-')[0]}-`;
  return ruleNames.filter((name) => name !== rule && name.startsWith(family));
}
