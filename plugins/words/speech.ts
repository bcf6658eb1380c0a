import type { Dictionary } from '../base/index.ts';
import { de } from './de.ts';
import { en, type Words } from './en.ts';
import { type Speech, speechFrom, type WordKey } from './say.ts';

/** The words that come with Plumbline, by language. */
export const words: Readonly<Record<'en' | 'de', Words>> = { en, de };

/**
 * What a page says in words of ours, in its language.
 * @param language a BCP 47 tag; of one that has no words of its own those of the language without its region.
 * @param own those of the site, which stand over ours.
 */
export function createSpeech(language: string, own: Dictionary = {}): Speech {
  return speechFrom(language, own, ...builtIn(language), en);
}

/** All words of a language, those of the site over ours, and English where neither has any. */
export function dictionaryOf(language: string, own: Dictionary): Dictionary {
  return Object.assign({}, en, ...builtIn(language), own) as Dictionary;
}

/** Pages that are in no site, and sites that name no language. */
export const english: Speech = createSpeech('en');

/** A key that comes from a table of the model or of views, such as that of a relation; undefined for none. */
export function wordKey(key: string): WordKey | undefined {
  return Object.hasOwn(en, key) || Object.hasOwn(en, `${key}_other`) ? (key as WordKey) : undefined;
}

function builtIn(language: string): Dictionary[] {
  const all: Readonly<Record<string, Dictionary>> = words;
  const [plain = ''] = language.toLowerCase().split('-');
  const own = Object.hasOwn(all, plain) ? all[plain] : undefined;
  return own === undefined ? [] : [own];
}
