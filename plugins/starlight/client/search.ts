/**
 * The search of the site: names first, as they are typed, then what pages say, by Pagefind. `/` (where
 * that is not turned off) and Ctrl K open it, arrows choose, Enter opens. The names come when it is opened,
 * and all that it shows with them.
 */

import type { SearchDialog } from './search/dialog.ts';
import { isSingleKeyOn } from './search/single-key.ts';

class SiteSearch extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>('button[data-open-modal]');
    if (button === null) return;
    let dialog: SearchDialog | undefined;
    const open = async () => {
      const { createDialog } = await import('./search/dialog.ts');
      dialog ??= createDialog(this);
      dialog.open();
    };
    button.addEventListener('click', () => void open());
    button.disabled = false;
    window.addEventListener('keydown', (event) => {
      const isCombination = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      if (!isCombination && !isShortcut(event)) return;
      event.preventDefault();
      if (isCombination && dialog?.isOpen()) dialog.close();
      else void open();
    });
  }
}

/** The key alone, which is not part of what somebody writes. */
function isShortcut(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key !== '/' || !isSingleKeyOn()) return false;
  const at = event.target;
  // In a window that was just closed nobody writes, though its field is left only with the next frame.
  if (!(at instanceof HTMLElement) || !at.checkVisibility()) return true;
  return !at.isContentEditable && at.closest('input, textarea, select, dialog') === null;
}

// Ours; another's search may go by the same name.
if (document.querySelector('site-search[data-close]')) customElements.define('site-search', SiteSearch);
