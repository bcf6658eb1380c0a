import { isSeen } from '../rove.ts';
import { inSlices } from './slices.ts';

/**
 * A table is one stop of the keyboard: the arrows move among its headings and links, Home and End within a
 * row, with Ctrl to the first and last row.
 * @returns what does the same to rows that have come since.
 */
export function moveByKeys(table: HTMLTableElement): () => void {
  let current = table.querySelector<HTMLElement>(stops);
  if (!current) return () => undefined;
  inSlices(table, (part) => {
    for (const one of part.querySelectorAll<HTMLElement>(stops)) if (one !== current) one.tabIndex = -1;
  });
  current.tabIndex = 0;

  table.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.matches(stops)) enter(target);
  });
  table.addEventListener('keydown', (event) => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const from = event.target instanceof Element ? event.target.closest<HTMLElement>(stops) : null;
    const row = from?.closest('tr');
    const to = from && row ? next(event.key, event.ctrlKey, from, row) : undefined;
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
  // What the filter hides cannot be where the keyboard comes in.
  table.closest('figure')?.addEventListener('input', () => {
    const shown = current?.closest<HTMLElement>('[hidden]') ? table.querySelector<HTMLElement>(stops) : null;
    if (shown) enter(shown);
  });

  return () => {
    const kept = current?.isConnected ? current : table.querySelector<HTMLElement>(stops);
    for (const one of table.querySelectorAll<HTMLElement>(stops)) if (one !== kept) one.tabIndex = -1;
    if (kept) enter(kept);
  };

  function enter(stop: HTMLElement): void {
    if (current) current.tabIndex = -1;
    stop.tabIndex = 0;
    current = stop;
  }

  function next(
    key: string,
    isFar: boolean,
    from: HTMLElement,
    row: HTMLTableRowElement,
  ): HTMLElement | undefined {
    const own = [...row.querySelectorAll<HTMLElement>(stops)].filter(isSeen);
    if (!isFar)
      switch (key) {
        case 'ArrowRight':
          return own[own.indexOf(from) + 1];
        case 'ArrowLeft':
          return own[own.indexOf(from) - 1];
        case 'Home':
          return own[0];
        case 'End':
          return own.at(-1);
      }
    const step = { ArrowUp: -1, ArrowDown: 1, Home: 1, End: -1 }[key];
    if (step === undefined || (isFar && key.startsWith('Arrow'))) return undefined;
    const rows = [...table.rows].filter((one) => !one.hidden && !one.parentElement?.hidden);
    const column = from.closest('td, th') as HTMLTableCellElement | null;
    let at = isFar ? (step === 1 ? -1 : rows.length) : rows.indexOf(row);
    for (at += step; at >= 0 && at < rows.length; at += step) {
      const cell = rows[at]?.cells[column?.cellIndex ?? 0];
      const found = firstIn(cell) ?? firstIn(rows[at]);
      if (found) return found;
    }
    return undefined;
  }
}

function firstIn(part: Element | undefined): HTMLElement | undefined {
  return [...(part?.querySelectorAll<HTMLElement>(stops) ?? [])].find(isSeen);
}

const stops = 'a[href], button, [tabindex]';
