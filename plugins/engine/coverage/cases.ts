import type { Attributes } from '../../markdown/index.ts';
import type { Diagnostic, Statement, Verdict } from '../../checks/index.ts';
import type { Case } from '../report-types.ts';

/** What a page states as the cases of a report. `faults` are what is left to say of each statement, with their fingerprints in the report. */
export function casesOf(verdicts: Verdict[], faults: Diagnostic[][]): Case[] {
  return verdicts.map((verdict, index) => {
    const { statement, outcome, diagnostics, unverified } = verdict;
    const left = faults[index] ?? [];
    const isSilenced = diagnostics.length > 0 && left.length === 0;
    return {
      type: statement.type,
      name: nameOf(statement),
      place: statement.place,
      outcome: isSilenced ? 'suppressed' : outcome,
      fingerprints: left.map(({ fingerprint }) => fingerprint),
      why: unverified.length > 0 ? unverified.map(({ what, why }) => `${what}: ${why}`).join('; ') : null,
    };
  });
}

/** A statement in a few words, the same wherever it moves on the page. */
function nameOf(statement: Statement): string {
  switch (statement.type) {
    case 'table':
    case 'diagram':
    case 'snapshot':
      return written(statement.attributes, ['view', 'of', 'where']);
    case 'd2':
      return statement.attributes.title?.value || statement.heading || 'without a title';
    case 'fact': {
      const asked = written(statement.attributes, ['value', 'count', 'over']);
      return statement.literal === '' ? asked : `${statement.literal}, ${asked}`;
    }
    case 'claim':
      return statement.text;
    case 'path':
      return statement.pattern;
    case 'reference':
      return statement.text;
    case 'excerpt':
      return written(statement.attributes, ['source', 'at']);
    case 'command':
      return [statement.program, ...statement.words.map(({ text }) => text)].join(' ');
    case 'link':
      return statement.url;
    case 'malformed':
      return statement.message;
  }
}

function written(attributes: Attributes, names: string[]): string {
  return names.flatMap((name) => (attributes[name] ? [`${name}=${attributes[name].value}`] : [])).join(' ');
}
