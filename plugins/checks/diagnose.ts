import type { Attribute } from '../markdown/index.ts';
import type { QueryError } from '../query/index.ts';
import { type Diagnostic, type DiagnosticInput, diagnostic } from '../source/index.ts';
import { type RuleName, rules } from './rules.ts';
import type { Statement } from './types.ts';

/**
 * A diagnostic of a rule: severity from the registry (the configuration changes it later), fingerprint from rule, page file,
 * `about` (what was claimed) and the resources involved, never from a line.
 */
export function diagnose(rule: RuleName, parts: Parts): Diagnostic {
  const { about, ...given } = parts;
  const page = given.page?.file ?? null;
  const resources = (given.sources ?? []).map((source) => source.resource ?? source.file);
  return diagnostic({
    rule,
    severity: rules[rule].severity,
    identity: page === null ? [about, ...resources] : [page, about],
    ...given,
  });
}

/** A CEL fault, with the caret inside the attribute's value. */
export function queryFault(attribute: Attribute, name: string, error: QueryError): Diagnostic {
  return diagnose('query-invalid', {
    about: `${name}=${error.expression}|${error.message}`,
    page: attribute.at(error.offset, error.length),
    message: `\`${name}\`: ${error.message}`,
    candidates: error.candidates,
    help:
      error.help ??
      suggestion(error.candidates) ??
      'expressions are CEL: `plumbline explain expressions` lists what they may name',
  });
}

/** A fault of the statement's form, at an attribute or at the statement itself. */
export function formFault(statement: Statement, message: string, options: FormOptions = {}): Diagnostic {
  const { place = statement.place, candidates = [], help = null } = options;
  return diagnose('directive-invalid', {
    about: `${statement.type}|${message}`,
    page: place,
    message,
    candidates,
    help,
  });
}

/** `did you mean …?` with the nearest names, else all of them where they are few, else null. */
export function suggestion(candidates: string[], all: readonly string[] = []): string | null {
  const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  if (candidates.length > 3) return `known: ${quoted(candidates)}`;
  if (candidates.length > 0) return `did you mean ${candidates.map((name) => `\`${name}\``).join(' or ')}?`;
  return all.length > 0 && all.length <= 24 ? `known: ${quoted(all)}` : null;
}

interface Parts extends Omit<DiagnosticInput, 'rule' | 'severity' | 'identity'> {
  /** What was claimed: keeps two faults of one rule on one page apart. */
  about: string;
}

interface FormOptions {
  place?: Statement['place'];
  candidates?: string[];
  help?: string | null;
}
