import { asText } from '../../base/index.ts';
import { overName, type Query, type Subject } from '../../query/index.ts';
import { isPlain, type Proposal } from './proposals/proposal.ts';
import type { Scope } from './scopes.ts';

/**
 * A proposal as the line of a page, with those that do not hold it as exceptions; null where too many do not,
 * or nothing is there. Whether it is true, and known to be, is for the check to say.
 * @param scope that it is said of alone; null for the whole platform.
 */
export function stateClaim(query: Query, proposal: Proposal, scope: Scope | null): string | null {
  const { over = 'resource', least = 2 } = proposal;
  const of = scope === null ? proposal.of : `${scope.of} && ${proposal.of}`;
  const selected = query.select(of, over);
  if (!selected.ok || selected.value.length < least) return null;
  const rule = ruleOf(query, proposal, selected.value);
  if (rule === null) return null;
  const breaks = (subject: Subject) => {
    const tested = query.test(rule.test, subject);
    return (tested.ok && tested.value) === (rule.quantifier === 'none');
  };
  const exceptions = selected.value.filter(breaks);
  const holding = selected.value.length - exceptions.length;
  if (holding < least || exceptions.length * 3 > holding) return null;
  const names = [...new Set(exceptions.map((subject) => nameOf(query, subject)))].toSorted();
  if (names.length > mostExceptions || !names.every(isPlain)) return null;
  const list = `name in [${names.map((name) => `'${name}'`).join(', ')}]`;
  const test =
    names.length === 0
      ? rule.test
      : rule.quantifier === 'none'
        ? `${/\|\||\?.*:/.test(rule.test) ? `(${rule.test})` : rule.test} && !(${list})`
        : `${/&&|\?.*:/.test(rule.test) ? `(${rule.test})` : rule.test} || ${list}`;
  const attributes = [
    ...(over === 'resource' ? [] : [`over="${overName(over)}"`]),
    `of="${of}"`,
    `${rule.quantifier}="${test}"`,
  ];
  const says = rule.says(exceptWords(names));
  const where = scope === null ? says : `${scope.words}, ${says.charAt(0).toLowerCase()}${says.slice(1)}`;
  return `:claim[${where}]{${attributes.join(' ')}}.`;
}

function ruleOf(query: Query, proposal: Proposal, among: Subject[]): Tested | null {
  if (proposal.read === undefined) {
    const { all, none, says } = proposal;
    if (all !== undefined) return { quantifier: 'all', test: all, says };
    return none === undefined ? null : { quantifier: 'none', test: none, says };
  }
  const { read, part = (text) => text, test, says } = proposal;
  const numbers = new Map<string, number>();
  for (const subject of among) {
    const found = query.evaluate(read, subject);
    const value = found.ok ? part(asText(found.value) ?? '') : '';
    if (isPlain(value)) numbers.set(value, (numbers.get(value) ?? 0) + 1);
  }
  const [first] = [...numbers].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (first === undefined) return null;
  const [value] = first;
  return { quantifier: 'all', test: test(value), says: (but) => says(but, value) };
}

function nameOf(query: Query, subject: Subject): string {
  const name = query.evaluate('name', subject);
  return name.ok ? (asText(name.value) ?? '') : '';
}

function exceptWords(names: string[]): string {
  if (names.length === 0) return '';
  const quoted = names.map((name) => `\`${name}\``);
  return ` but ${[quoted.slice(0, -1).join(', '), ...quoted.slice(-1)].filter(Boolean).join(' and ')}`;
}

const mostExceptions = 3;

interface Tested {
  quantifier: 'all' | 'none';
  test: string;
  says(but: string): string;
}
