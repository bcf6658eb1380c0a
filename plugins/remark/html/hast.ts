import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Place, Unverified } from '../../source/index.ts';
import type { Speech } from '../../words/index.ts';
import { linkElement } from './elements.ts';

/** The quiet mark behind a claim that was held against the model. */
export function markElement(what: string, isVerified: boolean, page: ElementContext): Element {
  return h('span', {
    class: isVerified ? 'pl-mark' : 'pl-mark pl-mark-unverified',
    role: 'img',
    tabIndex: 0,
    // The mark beside the page's title says at which commit.
    title: page.speech.say(isVerified ? 'claim.verified' : 'claim.notVerified', { what }),
    dataPagefindIgnore: '',
  });
}

/** A resource's name, with a link to its page where it has one. */
export function resourceLink(resource: Resource, page: ElementContext, children?: ElementContent[]): Element {
  const { file, line } = resource.origin;
  const href = page.inLink ? null : page.links.resource(resource);
  return linkElement(
    href,
    { class: 'pl-ref', title: `${file}:${line}` },
    children ?? page.platform.referenceOf(resource),
  );
}

/** A place's name, with a link to its source where there is one. */
export function placeElement(place: Place, text: string, page: ElementContext): Element {
  const title = `${place.file}:${place.line}`;
  return linkElement(page.links.place(place), { class: 'pl-place', title }, text);
}

/** What a statement could not know, in a tip: the first few by name. */
export function unreadWords(unverified: Unverified[], { say }: Speech): string[] {
  if (unverified.length === 0) return [];
  const names = unverified.map(({ what }) => what);
  const shown = names.slice(0, 3).join(', ');
  const more = names.length - 3;
  return [
    say('unverified.unread', {
      names: more > 0 ? say('names.more', { names: shown, count: more }) : shown,
    }),
  ];
}

/** How much was not verified, with the first few reasons as a tip: all stand on the page of the state. */
export function unverifiedElement(unverified: Unverified[], { say }: Speech): Element[] {
  if (unverified.length === 0) return [];
  const reasons = unverified.map(({ what, why }) => `${what}: ${why}`);
  const names = reasons.slice(0, 3).join('; ');
  const more = reasons.length - 3;
  const title = more > 0 ? say('names.more', { names, count: more }) : names;
  return [
    h('span', { class: 'pl-unverified', title }, say('unverified.number', { count: unverified.length })),
  ];
}

/** Where links of a page lead; null where there is nothing to lead to. */
export interface PageLinks {
  resource(resource: Resource): string | null;
  /** A page of the docs by its slug. */
  page(slug: string): string | null;
  place(place: Place): string | null;
  /** All resources of its kind; left out where the site has no such page. */
  kind?(resource: Resource): string | null;
  /** All resources of a namespace, likewise. */
  namespace?(name: string): string | null;
  /** False where links to files stay as they are written. */
  writesLinks?: boolean;
  /** Page of a rule; left out where the site has none. */
  rule?(rule: string): string | null;
  /** What opens a place in the editor of whoever writes, where the site is served to them; else left out. */
  edit?(place: Place): string | null;
}

export interface ElementContext {
  platform: Platform;
  links: PageLinks;
  /** Says what is ours in the language of the page. */
  speech: Speech;
  /** The id of a table with that caption, no two the same on a page; left out where tables need none. */
  nameTable?(caption: string): string;
  /** True inside a link, which cannot hold another. */
  inLink?: boolean;
}
