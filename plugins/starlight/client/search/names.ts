import { createTranslator, type Said } from '../../../base/translate.ts';
import { type Named, namedOf, type PagefindOptions, type SearchIndex } from '../../search/search-index.ts';
import { type Indexed, indexNames } from './rank.ts';

/** Asks for the names of the site, once for all that ask. */
export function loadNames(language: string): Promise<Names> {
  loaded ??= load(language).catch((error: unknown) => {
    // Whoever asks again may be online by then.
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(language: string): Promise<Names> {
  const response = await fetch(`${base}/plumbline/search.json`);
  const index = (await response.json()) as SearchIndex;
  const [before, after] = index.address;
  const translate = createTranslator(language, index.words[language] ?? Object.values(index.words)[0] ?? {});
  return {
    indexed: indexNames(inLanguage(namedOf(index), index.locales)),
    pagefind: index.pagefind,
    href: ({ slug }) => (slug === '' ? `${base}/` : before + slug + after),
    say: (word, values = {}) => translate({ key: `search.${word}`, values }),
  };
}

/** Pages in other languages than that of the address are left out, and those that there are in it as well. */
function inLanguage(named: Named[], locales: readonly string[]): Named[] {
  const [, first = ''] = location.pathname.slice(base.length).split('/');
  const own = locales.includes(first) ? first : '';
  const others = locales.filter((locale) => locale !== '' && locale !== own);
  const slugs = new Set(named.map(({ slug }) => slug));
  return named.filter(
    ({ slug }) =>
      !others.some((locale) => slug === locale || slug.startsWith(`${locale}/`)) &&
      (own === '' || !slugs.has([own, slug].filter((part) => part !== '').join('/'))),
  );
}

/** Without the slash at its end. */
export const base = import.meta.env.BASE_URL.replace(/\/$/, '');

let loaded: Promise<Names> | undefined;

export interface Names {
  indexed: Indexed[];
  pagefind: PagefindOptions;
  href(named: Pick<Named, 'slug'>): string;
  say(word: SearchWord, values?: Said['values']): string;
}

/** Each a key under `search.`. */
type SearchWord =
  | 'placeholder'
  | 'names'
  | 'pages'
  | 'recent'
  | 'page'
  | 'all'
  | 'kind'
  | 'namespace'
  | 'application'
  | 'stack'
  | 'found'
  | 'nothing'
  | 'nearest'
  | 'more'
  | 'help'
  | 'singleKey'
  | 'close'
  | 'development';
