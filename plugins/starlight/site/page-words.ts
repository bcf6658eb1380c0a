import { dictionaries } from 'virtual:plumbline/words';
import type { Dictionary } from '../../base/index.ts';
import { type Speech, speechFrom } from '../../words/say.ts';

/**
 * What a page says in a language of the site. What is built into a site has the words of its own languages
 * and no others.
 */
export function speechIn(language: string): Speech {
  const known = speeches.get(language) ?? speechFrom(language, wordsIn(language));
  speeches.set(language, known);
  return known;
}

export function wordsIn(language: string): Dictionary {
  return dictionaries[language] ?? Object.values(dictionaries)[0] ?? {};
}

const speeches = new Map<string, Speech>();
