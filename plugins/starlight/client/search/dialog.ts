import type { Named } from '../../search/search-index.ts';
import { makeFrame } from './frame.ts';
import { searchText } from './full-text.ts';
import { createListbox } from './listbox.ts';
import { make } from './make.ts';
import { loadNames, type Names } from './names.ts';
import { group, moreOption, nameOption, textOption } from './options.ts';
import { type Filters, hasFilter, rank, readQuery } from './rank.ts';
import { readRecent, remember } from './recent.ts';

/** The window of the search, made when it is first opened. */
export function createDialog(host: HTMLElement): SearchDialog {
  const language = document.documentElement.lang || 'en';
  const { dialog, input, facets, list, state, help, singleName } = makeFrame(host);
  const listbox = createListbox(input, list);
  let chosen: Filters = {};
  let limit = usualLimit;
  let turn = 0;

  input.addEventListener('input', () => {
    limit = usualLimit;
    void show();
  });

  let isNamed = false;

  async function names(): Promise<Names> {
    const loaded = await loadNames(language);
    if (isNamed) return loaded;
    isNamed = true;
    const { say } = loaded;
    input.placeholder = say('placeholder');
    input.setAttribute('aria-label', say('placeholder'));
    list.setAttribute('aria-label', say('names'));
    help.textContent = say('help');
    singleName.textContent = say('singleKey');
    facets.append(...fields.map((field) => facet(field, loaded)));
    return loaded;
  }

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

  /** @param first number of the option that is chosen. */
  async function show(first = 0): Promise<void> {
    const loaded = await names();
    const { indexed, say } = loaded;
    const own = ++turn;
    const query = readQuery(input.value, chosen);
    if (query.words.length === 0 && !hasFilter(query.filters)) return showRecent(loaded);
    const { found, total } = rank(indexed, query, limit);
    const showAll = () => {
      limit = everything;
      // The first of those that were not listed stands where this is chosen.
      void show(found.length);
    };
    const more = total > found.length ? [moreOption(say('more', { count: total }), showAll)] : [];
    const ofNames = group(say('names'), [...found.map((one) => nameOf(one, loaded)), ...more]);
    const before = list.querySelector<HTMLElement>('[data-text]');
    listbox.show([...ofNames, ...(before === null ? [] : [before])], first);
    state.textContent = say('found', { count: total });
    const text = query.words.join(' ');
    const said = text === '' ? [] : await searchText(text, cased(query.filters, loaded), loaded.pagefind);
    if (own !== turn || said === undefined) return;
    const known = new Set(found.map((one) => loaded.href(one)));
    const others = (said ?? []).filter(({ url }) => !known.has(url));
    const ofText = group(
      say('pages'),
      others.map((one) => textOption(one, () => dialog.close())),
    );
    for (const one of ofText) one.dataset.text = '';
    listbox.show([...ofNames, ...ofText]);
    if (total + others.length === 0) {
      state.textContent = say('nothing', { query: input.value });
    } else if (said === null && import.meta.env.DEV) state.textContent = say('development');
  }

  function showRecent(loaded: Names): void {
    const { say, indexed } = loaded;
    const known = new Map(indexed.map(({ named }) => [named.slug, named]));
    const recent = readRecent().flatMap((slug) => known.get(slug) ?? []);
    const options = recent.map((one) => nameOf(one, loaded));
    listbox.show(group(say('recent'), options), 0);
    state.textContent = '';
  }

  function nameOf(named: Named, loaded: Names): HTMLElement {
    return nameOption(named, loaded, () => {
      remember(named.slug);
      dialog.close();
    });
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

const fields = ['kind', 'namespace', 'stack', 'application'] as const;
const usualLimit = 8;
const everything = 500;

export interface SearchDialog {
  open(): void;
  close(): void;
  isOpen(): boolean;
}
