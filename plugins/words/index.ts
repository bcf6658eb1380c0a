/**
 * What a site says in words of its own, in the languages that it comes in. Messages of rules are none of
 * these: what is grepped for is English everywhere.
 */

export type { Speech, WordKey } from './say.ts';
export { createSpeech, dictionaryOf, english, wordKey } from './speech.ts';
