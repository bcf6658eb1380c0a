/**
 * The options of a list that a field chooses from: the arrows go round among them while the field keeps the
 * focus, and Enter opens the one that is chosen.
 */
export function createListbox(input: HTMLInputElement, list: HTMLElement): Listbox {
  let at = 0;
  input.addEventListener('keydown', (event) => {
    // Keys that choose what an input method writes are its own.
    if (event.isComposing) return;
    const options = optionsOf();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      choose((at + step + options.length) % Math.max(options.length, 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const { ctrlKey, metaKey } = event;
      const click = new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey });
      options[at]?.dispatchEvent(click);
    }
  });

  function optionsOf(): HTMLElement[] {
    return [...list.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  function choose(wanted: number): void {
    const options = optionsOf();
    at = Math.max(0, Math.min(wanted, options.length - 1));
    for (const [place, option] of options.entries()) {
      option.id = `${list.id}-${place}`;
      option.setAttribute('aria-selected', String(place === at));
      if (place === at) option.scrollIntoView({ block: 'nearest' });
    }
    const chosen = options[at];
    if (chosen) input.setAttribute('aria-activedescendant', chosen.id);
    else input.removeAttribute('aria-activedescendant');
  }

  return {
    show: (groups, first) => {
      // What was pressed in the list goes with it, and would take the focus along.
      if (list.contains(document.activeElement)) input.focus();
      list.replaceChildren(...groups);
      choose(first ?? at);
    },
  };
}

export interface Listbox {
  /**
   * Puts these in the place of what is listed.
   * @param first number of the option that is chosen then; the same as before where it is left out.
   */
  show(groups: readonly HTMLElement[], first?: number): void;
}
