import type { HookParameters } from '@astrojs/starlight/types';
import type { Dictionary } from '../../base/index.ts';
import { createSpeech, dictionaryOf, type Speech } from '../../words/index.ts';

/** How our words are called among those of a site. */
const prefix = 'plumbline.';

/**
 * The languages of a site, and what it says in each in other words than ours: those of its
 * `src/content/i18n`, as Starlight reads them.
 * @param collection absolute folder of the pages.
 * @param locales names of the parts of the site; empty for the root.
 */
export function siteWords(
  { useTranslations, absolutePathToLang }: Translations,
  collection: string,
  locales: readonly string[],
): SiteWords {
  const folder = collection.replaceAll('\\', '/').replace(/\/$/, '');
  const languages = Object.fromEntries(
    ['', ...locales].map((locale) => [
      locale,
      absolutePathToLang([folder, locale, 'index.md'].filter((part) => part !== '').join('/')),
    ]),
  );
  const dictionaries = Object.fromEntries(
    [...new Set(Object.values(languages))].map((language) => [
      language,
      ownWords(useTranslations(language).all()),
    ]),
  );
  return { languages, dictionaries };
}

/** Of all that a language of the site says what is said in place of our words. */
function ownWords(all: Readonly<Record<string, unknown>>): Dictionary {
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, text]) =>
      key.startsWith(prefix) && typeof text === 'string' ? [[key.slice(prefix.length), text]] : [],
    ),
  );
}

/**
 * What components and our script can say in each language of a site. It is built into the pages: of what else
 * there is, seven times as much, they have it in their text.
 */
export function componentWords({ dictionaries }: SiteWords): Record<string, Dictionary> {
  return Object.fromEntries(
    Object.entries(dictionaries).map(([language, own]) => [
      language,
      Object.fromEntries(
        Object.entries(dictionaryOf(language, own)).filter(([key]) => ofComponents.test(key)),
      ),
    ]),
  );
}

const ofComponents = /^(?:foot|lost|mark|number|resources|script|sidebar|statement|unverified|whole)\./;

/**
 * The language of a page.
 * @param slug of the page, or its path under the folder of the pages.
 */
export function speechOf({ languages, dictionaries }: SiteWords, slug: string): Speech {
  const [locale = ''] = slug.split('/');
  const language = (Object.hasOwn(languages, locale) ? languages[locale] : languages['']) ?? 'en';
  return createSpeech(language, dictionaries[language]);
}

type Translations = Pick<HookParameters<'config:setup'>, 'useTranslations' | 'absolutePathToLang'>;

/** Plain data: it goes to another thread. */
export interface SiteWords {
  /** BCP 47 tag by locale; that of the root, under no name, is also that of pages without a file. */
  languages: Record<string, string>;
  /** By language. */
  dictionaries: Record<string, Dictionary>;
}
