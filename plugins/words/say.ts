import { createTranslator, type Dictionary, type Said, type SaidValues } from '../base/translate.ts';
import type { en } from './en.ts';

/**
 * What a page says in words of ours, in its language.
 * @param language a BCP 47 tag.
 * @param dictionaries of several the first that has a key.
 */
export function speechFrom(language: string, ...dictionaries: readonly Dictionary[]): Speech {
  const say = createTranslator(language, ...dictionaries);
  return {
    language,
    say: (key, values) => say(values === undefined ? { key } : { key, values }),
    said: (what) => (typeof what === 'string' ? what : say(what)),
  };
}

type Singular<Key> = Key extends `${infer Name}_${'one' | 'other'}` ? Name : Key;
/** What can be said: a key of the table, without the ending of its plurals. */
export type WordKey = Singular<keyof typeof en>;

export interface Speech {
  /** BCP 47 tag. */
  language: string;
  say(key: WordKey, values?: SaidValues): string;
  /** What somebody else said without knowing the language, or a text that is in none. */
  said(what: Said | string): string;
}
