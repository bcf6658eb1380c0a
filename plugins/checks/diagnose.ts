import { didYouMean, inCode } from '../base/index.ts';
import { type DiagnosticInput, type DiagnosticOf, diagnostic } from '../source/index.ts';
import type { Rule } from './rules/rule.ts';

/**
 * A diagnostic of a rule: severity from its module (the configuration changes it later), fingerprint from
 * rule, page file, `about` (what was claimed) and the resources involved, never from a line.
 */
export function diagnose<Name extends string>(rule: Rule & { name: Name }, said: Said): DiagnosticOf<Name> {
  const { about, ...given } = said;
  const page = given.page?.file ?? null;
  const resources = (given.sources ?? []).map((source) => source.resource ?? source.file);
  return diagnostic({
    rule: rule.name,
    severity: rule.severity,
    identity: page === null ? [about, ...resources] : [page, about],
    ...given,
  });
}

/** `did you mean …?` with the nearest names, else all of them where they are few, else null. */
export function suggestion(candidates: string[], all: readonly string[] = []): string | null {
  const known = (names: readonly string[]) => `known: ${names.map(inCode).join(', ')}`;
  if (candidates.length > 3) return known(candidates);
  if (candidates.length > 0) return didYouMean(candidates);
  return all.length > 0 && all.length <= 24 ? known(all) : null;
}

/** A diagnostic of which all but the message may be left out, as helpers of rules take it. */
export type Details = Pick<Said, 'message'> & Partial<Omit<Said, 'about'>>;

/** What a rule says of one fault. */
export interface Said extends Omit<DiagnosticInput<string>, 'rule' | 'severity' | 'identity'> {
  /** What was claimed: keeps two faults of one rule on one page apart. */
  about: string;
}
