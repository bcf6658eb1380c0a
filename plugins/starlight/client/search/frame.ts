import { make } from './make.ts';
import { isSingleKeyOn, turnSingleKey } from './single-key.ts';

/** The window of the search without what it finds: its HTML, and what closes it. */
export function makeFrame(host: HTMLElement): SearchFrame {
  const dialog = make('dialog', 'pl-search');
  dialog.setAttribute('aria-label', host.querySelector('button')?.getAttribute('aria-label') ?? '');
  const input = make('input', 'pl-search-input');
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
  const single = make('label', 'pl-search-single');
  const box = make('input');
  box.type = 'checkbox';
  box.checked = isSingleKeyOn();
  box.addEventListener('change', () => turnSingleKey(box.checked));
  const singleName = make('span');
  single.append(box, singleName);
  const foot = make('div', 'pl-search-foot');
  foot.append(help, single);
  const bar = make('div', 'pl-search-bar');
  bar.append(input, close);
  const frame = make('div', 'pl-search-frame');
  frame.append(bar, facets, state, list, foot);
  dialog.append(frame);
  host.append(dialog);
  // In a field for a search the browser would first empty it.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    dialog.close();
  });
  // A press beside the frame closes, as Esc does.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => document.body.removeAttribute('data-search-modal-open'));
  return { dialog, input, facets, list, state, help, singleName };
}

const listId = 'plumbline-found';

interface SearchFrame {
  dialog: HTMLDialogElement;
  input: HTMLInputElement;
  /** What narrows by kind, namespace, stack and application. */
  facets: HTMLElement;
  /** The options, in groups. */
  list: HTMLElement;
  /** How many were found; read out when it changes. */
  state: HTMLElement;
  help: HTMLElement;
  /** What turns off that a key alone opens the search. */
  singleName: HTMLElement;
}
