import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { firstOf } from '../../base/index.ts';
import type { Diagnostic } from '../../checks/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Place, Unverified } from '../../source/index.ts';
import { linkElement, withCode } from './elements.ts';

/** A diagnostic as a box in the page: what a writer sees while the build would fail. */
export function faultElement(diagnostic: Diagnostic, page: ElementContext): Element {
  const line = (name: string, word: string, value: string | null) =>
    value === null ? [] : [h('p', { class: `pl-fault-${name}` }, [word, ...withCode(value)])];
  const sources = diagnostic.sources.filter((source) => source.file !== '');
  return h('aside', { class: 'pl-fault not-content', dataRule: diagnostic.rule, role: 'alert' }, [
    h('p', { class: 'pl-fault-title' }, [
      ruleElement(diagnostic.rule, page),
      ' ',
      ...withCode(diagnostic.message),
    ]),
    ...line('expected', 'expected ', diagnostic.expected),
    ...line('actual', 'found ', diagnostic.actual),
    ...(sources.length > 0
      ? [
          h(
            'ul',
            { class: 'pl-fault-sources' },
            sources.map((source) =>
              h('li', [
                placeElement(source, `${source.file}:${source.line}`, page),
                ` ${source.role} ${source.resource ?? ''}`.trimEnd(),
              ]),
            ),
          ),
        ]
      : []),
    ...line('help', '', diagnostic.help),
  ]);
}

/** The name of a rule, as a link to its page where the site has one. */
function ruleElement(rule: string, { links }: ElementContext): Element {
  const target = links.rule?.(rule) ?? null;
  return target === null ? h('code', rule) : h('a', { href: target }, h('code', rule));
}

/** The quiet mark behind a claim that was held against the model. */
export function markElement(summary: string, isVerified: boolean, commit: string | null): Element {
  const label = `${isVerified ? 'Verified' : 'Not verified'}: ${summary}`;
  const title = commit === null ? label : `${label} (at ${commit.replace(/^([\da-f]{10})[\da-f]+/, '$1')})`;
  const name = isVerified ? 'pl-mark' : 'pl-mark pl-mark-unverified';
  return h('span', {
    class: name,
    role: 'img',
    tabIndex: 0,
    ariaLabel: label,
    title,
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
export function unreadWords(unverified: Unverified[]): string[] {
  if (unverified.length === 0) return [];
  const names = unverified.map(({ what }) => what);
  return [`not verified, since this is not read: ${firstOf(names, 3)}`];
}

export function unverifiedElement(unverified: Unverified[]): Element[] {
  if (unverified.length === 0) return [];
  const title = unverified.map(({ what, why }) => `${what}: ${why}`).join('; ');
  return [h('span', { class: 'pl-unverified', title }, `${unverified.length} not verified`)];
}

/** Where links of a page lead; null where there is nothing to lead to. */
export interface PageLinks {
  resource(resource: Resource): string | null;
  /** A page of the docs by its slug. */
  page(slug: string): string | null;
  place(place: Place): string | null;
  /** False where links to files stay as they are written. */
  writesLinks?: boolean;
  /** Page of a rule; left out where the site has none. */
  rule?(rule: string): string | null;
}

export interface ElementContext {
  platform: Platform;
  links: PageLinks;
  /** What the tips of marks say of the commit. */
  commit?: string | null;
  /** True inside a link, which cannot hold another. */
  inLink?: boolean;
}
