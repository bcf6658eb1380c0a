import type { SiteAddress } from '../../checks/index.ts';
import { href } from '../../checks/links/href.ts';
import { dictionaryOf } from '../../words/index.ts';
import type { SiteWords } from '../site/site-words.ts';
import { type Named, type SearchIndex, type ThingRow, usualSlug } from './search-index.ts';

/** The index of a site without its pages: texts that many things share stand in it once. */
export function searchIndex(
  named: readonly Named[],
  { address, words }: { address: SiteAddress; words: SiteWords },
): SearchIndex {
  const kinds = placesOf(named.map(({ kind }) => kind));
  const namespaces = placesOf(named.map(({ namespace }) => namespace));
  const applications = placesOf(named.map(({ application }) => application));
  const stacks = placesOf(named.map(({ stack }) => stack));
  const things = named.map((one): ThingRow => {
    const slug = one.slug.replace(/^resources\//, '');
    return [
      kinds.at(one.kind),
      namespaces.at(one.namespace),
      one.name,
      applications.at(one.application),
      stacks.at(one.stack),
      slug === usualSlug(one) ? 0 : slug,
      ...moreOf(one),
    ];
  });
  return {
    kinds: kinds.list,
    namespaces: namespaces.list,
    applications: applications.list,
    stacks: stacks.list,
    things,
    pages: [],
    locales: Object.keys(words.languages),
    address: aroundSlug(address),
    words: wordsOf(words),
    pagefind: {},
  };
}

/** At the end of a row what few have. */
function moreOf({ words, apart }: Named): [] | [words: string] | [words: string, apart: string] {
  if (apart !== '') return [words, apart];
  return words === '' ? [] : [words];
}

/** What stands before and after a slug in an address of the site. */
export function aroundSlug(address: SiteAddress): [before: string, after: string] {
  const [before = '', after = ''] = href(address, '\0').split('\0');
  return [before, after];
}

/** What the search says, in the languages of the site. */
function wordsOf({ languages, dictionaries }: SiteWords): SearchIndex['words'] {
  return Object.fromEntries(
    [...new Set(Object.values(languages))].map((language) => [
      language,
      Object.fromEntries(
        Object.entries(dictionaryOf(language, dictionaries[language] ?? {})).filter(([key]) =>
          key.startsWith('search.'),
        ),
      ),
    ]),
  );
}

function placesOf(values: (string | null)[]) {
  const list = [...new Set(values.filter((value) => value !== null))].sort();
  const places = new Map(list.map((value, index) => [value, index]));
  return { list, at: (value: string | null) => (value === null ? -1 : (places.get(value) ?? -1)) };
}
