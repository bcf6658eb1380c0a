/**
 * Which names a query means. Names come before all text: the exact one first, then beginnings, parts and
 * initials; what a question says besides names (`who reads the Secret backstage`) counts by kind, or not.
 */

import type { Named } from '../../search/search-index.ts';
import { aliases, isStopWord, vocabulary, weights } from './kinds.ts';
import { initialsOf, partsOf, within1 } from './parts.ts';

/** What is found by its name, best first. */
export function rank(named: readonly Indexed[], query: Query, limit = 8): { found: Named[]; total: number } {
  const { words, filters } = query;
  const chosen = named.filter((one) => fits(one, filters));
  if (words.length === 0 && !hasFilter(filters)) return { found: [], total: 0 };
  const asked = words.map(askedWord);
  let scored = scoredBy(chosen, asked);
  // Letters are looked past for words alone that nothing has: it takes the longest by far.
  const misspelt = asked.filter(({ isKnown, word }) => !isKnown && word.length > 3);
  if (misspelt.length > 0) {
    for (const one of misspelt) one.isLoose = true;
    scored = scoredBy(chosen, asked);
  }
  scored.sort(([a, x], [b, y]) => b - a || x.key.length - y.key.length || (x.key < y.key ? -1 : 1));
  return { found: scored.slice(0, limit).map(([, { named }]) => named), total: scored.length };
}

/** A query without its prefixes (`secret:`, `ns:cicd`) and without words that name nothing. */
export function readQuery(text: string, given: Filters = {}): Query {
  const filters: Filters = { ...given };
  // In a sentence a colon ends a word; alone it stands at the beginning (`secret:`).
  const rest = text.replaceAll(
    /(?<![^\s])(\p{L}+):(\S+)|^\s*(\p{L}+):(?=\s|$)/gu,
    (all, ...groups: string[]) => {
      const [prefix = groups[2] ?? '', value = ''] = groups;
      const field = fields[prefix.toLowerCase()];
      if (field !== undefined) {
        if (value !== '') filters[field] = value.toLowerCase();
        return ' ';
      }
      const kind = aliases[prefix.toLowerCase()];
      if (kind === undefined) return all;
      filters.kind = kind.toLowerCase();
      return ` ${value}`;
    },
  );
  const all = rest
    .toLowerCase()
    .split(/[\s/,;:'"`()?!]+/)
    .map((word) => word.replace(/^[.-]+|[.-]+$/g, ''))
    .filter((word) => word !== '');
  const telling = all.filter((word) => !isStopWord(word));
  return { words: [...new Set(telling.length > 0 ? telling : all)].slice(0, mostWords), filters };
}

/** The names of a site, taken apart once. */
export function indexNames(names: readonly Named[]): Indexed[] {
  return names.map((named) => {
    const kind = named.kind?.toLowerCase() ?? null;
    return {
      named,
      key: [named.name, named.kind, named.namespace].join(' ').toLowerCase(),
      name: named.name.toLowerCase(),
      parts: partsOf(named.name),
      joined: partsOf(named.name).join(''),
      initials: initialsOf(named.name),
      kind,
      kindParts: named.kind === null ? [] : partsOf(named.kind),
      kindInitials: named.kind === null ? '' : initialsOf(named.kind),
      namespace: named.namespace?.toLowerCase() ?? '',
      application: named.application?.toLowerCase() ?? '',
      stack: named.stack?.toLowerCase() ?? '',
      words: new Set([...named.words.split(' '), ...(vocabulary[kind ?? ''] ?? [])]),
      // A page on which everything stands is rarely what is asked for by a name.
      weight: kind === null ? 0.2 : (weights[kind] ?? 0.5),
    };
  });
}

function scoredBy(chosen: readonly Indexed[], asked: readonly Asked[]): [number, Indexed][] {
  const scored: [number, Indexed][] = [];
  for (const one of chosen) {
    const score = asked.length === 0 ? one.weight : scoreOf(one, asked);
    if (score > 0) scored.push([score, one]);
  }
  return scored;
}

function askedWord(word: string): Asked {
  return { word, kind: aliases[word]?.toLowerCase() ?? word, isKnown: false, isLoose: false };
}

function scoreOf(one: Indexed, words: readonly Asked[]): number {
  let score = 0;
  let missed = 0;
  let isNamed = false;
  let isKind = false;
  let isExact = false;
  for (const asked of words) {
    const name = nameScore(one, asked);
    const kind = kindScore(one, asked);
    const beside = name === 0 && kind === 0 ? besideScore(one, asked.word) : 0;
    if (name + kind + beside > 0) asked.isKnown = true;
    if (name > 0) isNamed = true;
    if (name >= exact) isExact = true;
    if (kind >= kindExact) isKind = true;
    if (name + kind + beside === 0) missed++;
    score += Math.max(name, kind, beside);
  }
  // A title of several words is exact when all of them are asked for.
  if (
    !isExact &&
    new Set(one.parts).size > 1 &&
    words.length > 1 &&
    one.parts.every((part) => words.some(({ word }) => word === part))
  )
    [isExact, score] = [true, score + exact];
  if (!isNamed && !isKind && score < leastBeside) return 0;
  // A short query means every word of it; a question or a message that was pasted does not.
  if (missed > 0 && words.length <= 2 && !isExact) return 0;
  score -= (missed / words.length) * missPenalty;
  if (isExact) score += one.kind === null ? 20 : 60;
  if (isExact && isKind) score += 200;
  // Of a kind that is asked for, what has the name in its own comes before what has that name alone.
  if (!isExact && isKind && isNamed && missed === 0) score += 120;
  return score > 0 ? score + one.weight * 25 : 0;
}

function nameScore({ name, joined, parts, initials }: Indexed, { word, isLoose }: Asked): number {
  if (name === word) return exact;
  if (joined === word) return 90;
  if (name.startsWith(word)) return 70 + (10 * word.length) / name.length;
  if (parts.includes(word)) return 62 + (10 * word.length) / name.length;
  if (word.length > 1 && parts.some((part) => part.startsWith(word)))
    return 35 + (10 * word.length) / name.length;
  if (word.length > 1 && initials.startsWith(word)) return 30;
  if (word.length > 2 && name.includes(word)) return 22;
  // One letter wrong or left out, of a whole name or a part of it.
  return isLoose && (within1(name, word) || parts.some((part) => within1(part, word))) ? 15 : 0;
}

function kindScore({ kind, kindParts, kindInitials }: Indexed, asked: Asked): number {
  if (kind === null) return 0;
  const { word } = asked;
  if (kind === word || asked.kind === kind) return kindExact;
  if (word.length > 2 && kind.startsWith(word)) return 40;
  if (word.length > 1 && kindInitials === word) return 40;
  return word.length > 2 && kindParts.includes(word) ? 34 : 0;
}

/** What it belongs to, and what else is said of it. */
function besideScore({ namespace, application, stack, words }: Indexed, word: string): number {
  if (namespace === word) return 30;
  if (application === word) return 26;
  if (stack === word) return 24;
  return words.has(word) ? 18 : 0;
}

function fits(one: Indexed, { kind, namespace, application, stack }: Filters): boolean {
  return (
    (kind === undefined || one.kind === kind) &&
    (namespace === undefined || one.namespace === namespace) &&
    (application === undefined || one.application === application) &&
    (stack === undefined || one.stack === stack)
  );
}

export function hasFilter(filters: Filters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}

const exact = 100;
const kindExact = 60;
const missPenalty = 40;
const leastBeside = 30;
/** Of a message that was pasted. */
const mostWords = 40;

const fields: Readonly<Record<string, keyof Filters>> = {
  kind: 'kind',
  ns: 'namespace',
  namespace: 'namespace',
  app: 'application',
  application: 'application',
  stack: 'stack',
};

/** In lower case. */
export interface Filters {
  kind?: string | undefined;
  namespace?: string | undefined;
  application?: string | undefined;
  stack?: string | undefined;
}

export interface Query {
  words: string[];
  filters: Filters;
}

interface Asked {
  word: string;
  /** The kind that it means, if it is one. */
  kind: string;
  isKnown: boolean;
  /** Whether one letter may be another. */
  isLoose: boolean;
}

export interface Indexed {
  named: Named;
  /** Breaks ties. */
  key: string;
  name: string;
  /** Without what stands between its parts. */
  joined: string;
  parts: string[];
  initials: string;
  kind: string | null;
  kindParts: string[];
  kindInitials: string;
  namespace: string;
  application: string;
  stack: string;
  words: Set<string>;
  weight: number;
}
