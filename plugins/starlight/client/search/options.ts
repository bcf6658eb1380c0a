import { iconOf } from '../../icons/kinds.ts';
import type { Named } from '../../search/search-index.ts';
import type { Found } from './full-text.ts';
import { make } from './make.ts';
import { base, type Names } from './names.ts';

/** What has a name: its kind, its name, and where it is. */
export function nameOption(named: Named, { say, href }: Names, onOpen: () => void): HTMLElement {
  const option = make('a', 'pl-search-option');
  option.href = href(named);
  const kind = make('span', 'pl-search-kind', named.kind ?? say('page'));
  kind.prepend(icon(named.kind));
  const name = make('span', 'pl-search-name', named.name);
  option.append(kind, name);
  if (named.apart !== '' && named.apart !== named.application)
    option.append(make('span', 'pl-search-apart', named.apart));
  const where = [named.namespace, named.application].filter((one) => one !== null).join(' · ');
  if (where !== '') option.append(make('span', 'pl-search-where', where));
  option.addEventListener('click', onOpen);
  return option;
}

/** A page that says it, with the words around. */
export function textOption({ url, meta, excerpt }: Found, onOpen: () => void): HTMLElement {
  const option = make('a', 'pl-search-option');
  option.href = url;
  option.append(make('span', 'pl-search-name', meta.title ?? url));
  const said = make('span', 'pl-search-said');
  // Of Pagefind, which escapes what pages say and adds marks.
  said.innerHTML = excerpt;
  option.append(said);
  option.addEventListener('click', onOpen);
  return option;
}

/** What brings all that was found. */
export function moreOption(label: string, onMore: () => void): HTMLElement {
  const option = make('a', 'pl-search-option pl-search-more', label);
  option.href = '#';
  option.addEventListener('click', (event) => {
    event.preventDefault();
    onMore();
  });
  return option;
}

/** Options under a title; nothing where there are none. */
export function group(title: string, options: HTMLElement[]): HTMLElement[] {
  if (options.length === 0) return [];
  const section = make('div', 'pl-search-group');
  section.setAttribute('role', 'group');
  section.setAttribute('aria-label', title);
  const heading = make('div', 'pl-search-title', title);
  heading.setAttribute('aria-hidden', 'true');
  for (const option of options) {
    option.setAttribute('role', 'option');
    option.tabIndex = -1;
  }
  section.append(heading, ...options);
  return [section];
}

function icon(kind: string | null): SVGElement {
  const svg = document.createElementNS(svgSpace, 'svg');
  svg.setAttribute('class', 'pl-icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svgSpace, 'use');
  use.setAttribute('href', `${base}/plumbline/icons.svg#${kind === null ? 'config' : iconOf(kind)}`);
  svg.append(use);
  return svg;
}

const svgSpace = 'http://www.w3.org/2000/svg';
