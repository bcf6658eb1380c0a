import { iconOf } from '../../icons/kinds.ts';
import type { Named } from '../../search/search-index.ts';
import { type Found, searchText } from './full-text.ts';
import { base, loadNames, type Names } from './names.ts';
import { type Filters, hasFilter, rank, readQuery } from './rank.ts';
import { readRecent, remember } from './recent.ts';

/** The window of the search, made when it is first opened. */
export function createDialog(host: HTMLElement): SearchDialog {
  const language = document.documentElement.lang || 'en';
  const dialog = make('dialog', 'pl-search');
  dialog.setAttribute('aria-label', host.querySelector('button')?.getAttribute('aria-label') ?? '');
  const input = make('input', 'pl-search-input');
  const listId = 'plumbline-found';
  for (const [name, value] of Object.entries({
    type: 'search',
    role: 'combobox',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-expanded': 'true',
    'aria-autocomplete': 'list',
    'aria-controls': listId,
  }))
    input.setAttribute(name, value);
  const close = make('button', 'pl-search-close', host.dataset.close);
  close.type = 'button';
  close.addEventListener('click', () => dialog.close());
  const facets = make('div', 'pl-search-facets');
  const list = make('div', 'pl-search-list');
  list.id = listId;
  list.setAttribute('role', 'listbox');
  const state = make('p', 'pl-search-state');
  state.setAttribute('role', 'status');
  const help = make('p', 'pl-search-help');
  const bar = make('div', 'pl-search-bar');
  bar.append(input, close);
  const frame = make('div', 'pl-search-frame');
  frame.append(bar, facets, state, list, help);
  dialog.append(frame);
  host.append(dialog);

  let names: Names | undefined;
  let chosen: Filters = {};
  let limit = usualLimit;
  let at = 0;
  let turn = 0;

  input.addEventListener('input', () => {
    limit = usualLimit;
    void show();
  });
  input.addEventListener('keydown', (event) => {
    const options = optionsOf();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      choose((at + step + options.length) % Math.max(options.length, 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      options[at]?.dispatchEvent(
        new MouseEvent('click', {
          bubbles: true,
          cancelable: true,
          ctrlKey: event.ctrlKey,
          metaKey: event.metaKey,
        }),
      );
    }
  });
  // In a field for a search the browser would first empty it.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    dialog.close();
  });
  // A press beside the frame closes, as Esc does.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => document.body.removeAttribute('data-search-modal-open'));

  const ready = loadNames(language).then((loaded) => {
    names = loaded;
    const { say } = loaded;
    input.placeholder = say('placeholder');
    input.setAttribute('aria-label', say('placeholder'));
    list.setAttribute('aria-label', say('names'));
    help.textContent = say('help');
    facets.append(...fields.map((field) => facet(field, loaded)));
  });

  function facet(field: keyof Filters, { indexed, say }: Names): HTMLElement {
    const counts = new Map<string, number>();
    for (const { named } of indexed) {
      const value = named[field];
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const select = make('select');
    select.append(new Option(say('all'), ''));
    for (const [value, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
      select.append(new Option(`${value} (${count})`, value.toLowerCase()));
    select.addEventListener('change', () => {
      chosen = { ...chosen, [field]: select.value === '' ? undefined : select.value };
      void show();
    });
    const label = make('label', undefined, say(field));
    label.hidden = counts.size === 0;
    label.append(select);
    return label;
  }

  async function show(): Promise<void> {
    await ready;
    if (names === undefined) return;
    const { indexed, say } = names;
    const own = ++turn;
    const query = readQuery(input.value, chosen);
    if (query.words.length === 0 && !hasFilter(query.filters)) return showRecent(names);
    const { found, total } = rank(indexed, query, limit);
    const more = total > found.length ? [moreButton(say('more', { count: total }))] : [];
    const ofNames = group(say('names'), [...found.map((one) => nameOption(one, say)), ...more]);
    const before = list.querySelector('[data-text]');
    list.replaceChildren(...ofNames, ...(before === null ? [] : [before]));
    state.textContent = say('found', { count: total });
    choose(0);
    const text = query.words.join(' ');
    const said = text === '' ? [] : await searchText(text, cased(query.filters, names), names.pagefind);
    if (own !== turn || said === undefined) return;
    const known = new Set(found.map((one) => names?.href(one)));
    const others = (said ?? []).filter(({ url }) => !known.has(url));
    const ofText = group(say('pages'), others.map(textOption));
    for (const one of ofText) one.dataset.text = '';
    list.replaceChildren(...ofNames, ...ofText);
    if (total + others.length === 0) {
      state.textContent = say('nothing', { query: input.value });
    } else if (said === null && import.meta.env.DEV) state.textContent = say('development');
    choose(Math.min(at, Math.max(optionsOf().length - 1, 0)));
  }

  function showRecent({ say, indexed }: Names): void {
    const known = new Map(indexed.map(({ named }) => [named.slug, named]));
    const recent = readRecent().flatMap((slug) => known.get(slug) ?? []);
    list.replaceChildren(
      ...group(
        say('recent'),
        recent.map((one) => nameOption(one, say)),
      ),
    );
    state.textContent = '';
    choose(0);
  }

  function nameOption(named: Named, say: Names['say']): HTMLElement {
    const option = make('a', 'pl-search-option');
    option.href = names?.href(named) ?? '';
    const kind = make('span', 'pl-search-kind', named.kind ?? say('page'));
    kind.prepend(icon(named.kind));
    const name = make('span', 'pl-search-name', named.name);
    option.append(kind, name);
    if (named.apart !== '' && named.apart !== named.application)
      option.append(make('span', 'pl-search-apart', named.apart));
    const where = [named.namespace, named.application].filter((one) => one !== null).join(' · ');
    if (where !== '') option.append(make('span', 'pl-search-where', where));
    option.addEventListener('click', () => {
      remember(named.slug);
      dialog.close();
    });
    return option;
  }

  function textOption({ url, meta, excerpt }: Found): HTMLElement {
    const option = make('a', 'pl-search-option');
    option.href = url;
    option.append(make('span', 'pl-search-name', meta.title ?? url));
    const said = make('span', 'pl-search-said');
    // Of Pagefind, which escapes what pages say and adds marks.
    said.innerHTML = excerpt;
    option.append(said);
    option.addEventListener('click', () => dialog.close());
    return option;
  }

  function moreButton(label: string): HTMLElement {
    const option = make('a', 'pl-search-option pl-search-more', label);
    option.href = '#';
    option.addEventListener('click', (event) => {
      event.preventDefault();
      const before = at;
      limit = everything;
      void show().then(() => choose(before));
    });
    return option;
  }

  function group(title: string, options: HTMLElement[]): HTMLElement[] {
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

  function optionsOf(): HTMLElement[] {
    return [...list.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  function choose(index: number): void {
    at = index;
    for (const [place, option] of optionsOf().entries()) {
      option.id = `${listId}-${place}`;
      option.setAttribute('aria-selected', String(place === index));
      if (place === index) option.scrollIntoView({ block: 'nearest' });
    }
    if (optionsOf().length > 0) input.setAttribute('aria-activedescendant', `${listId}-${index}`);
    else input.removeAttribute('aria-activedescendant');
  }

  return {
    open: () => {
      if (!dialog.open) dialog.showModal();
      document.body.setAttribute('data-search-modal-open', '');
      input.select();
      void show();
    },
    close: () => dialog.close(),
    isOpen: () => dialog.open,
  };
}

/** Pagefind asks for filters as they are written. */
function cased(filters: Filters, { indexed }: Names): Filters {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const wanted = filters[field];
      if (wanted === undefined) return [];
      const known = indexed.find(({ named }) => named[field]?.toLowerCase() === wanted);
      return [[field, known?.named[field] ?? wanted]];
    }),
  );
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

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className?: string,
  text?: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== undefined) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

const fields = ['kind', 'namespace', 'stack', 'application'] as const;
const usualLimit = 8;
const everything = 500;

export interface SearchDialog {
  open(): void;
  close(): void;
  isOpen(): boolean;
}
