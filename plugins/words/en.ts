import { events } from './en/events.ts';
import { explanations } from './en/explanations.ts';
import { pages } from './en/pages.ts';
import { things } from './en/things.ts';
import { views } from './en/views.ts';
import { ways } from './en/ways.ts';
import { whole } from './en/whole.ts';
import { joined } from './joined.ts';

/**
 * Everything that a site says in words of ours, in English: the table that other languages translate. A site
 * gets the keys under `plumbline.`, in the form of i18next: `{{name}}` for a value, `_one` and `_other` for
 * the forms of a plural, `{{count, number}}` for a number as the language writes it.
 */
export const en = joined(views, pages, whole, events, things, explanations, ways);

/** Every key with its words in one language. */
export type Words = Readonly<Record<keyof typeof en, string>>;
