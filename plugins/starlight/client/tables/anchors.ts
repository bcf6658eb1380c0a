import { decoded } from '../decoded.ts';
import type { Say } from '../words.ts';
import type { TableRows } from './read.ts';

/**
 * Links to single rows, `#waves.Namespace/events`: one beside the row that somebody is at, and the row that
 * the address names is shown, whatever the filter hides.
 */
export function linkRows(
  figure: HTMLElement,
  { table, rows }: TableRows,
  say: Say,
  show: (row: string) => Promise<void>,
): void {
  if (figure.id === '') return;
  const start = `#${figure.id.replace(/\.table$/, '')}.`;
  const anchor = document.createElement('a');
  anchor.className = 'pl-row-link';
  anchor.textContent = '#';
  anchor.tabIndex = -1;
  anchor.ariaLabel = say('rowLink');
  const point = ({ target }: Event) => {
    const row = target instanceof Element ? target.closest<HTMLTableRowElement>('tr[data-id]') : null;
    if (!row || anchor.closest('tr') === row) return;
    anchor.href = start + encodeURIComponent(row.dataset.id ?? '');
    row.cells[0]?.append(anchor);
  };
  table.addEventListener('pointerover', point);
  table.addEventListener('focusin', point);

  const follow = async () => {
    for (const row of table.querySelectorAll('.pl-target')) row.classList.remove('pl-target');
    if (!location.hash.startsWith(start)) return;
    const id = decoded(location.hash.slice(start.length));
    const find = () => rows.find(({ element }) => element.dataset.id === id)?.element;
    if (!find()?.isConnected || find()?.hidden) await show(id);
    const row = find();
    row?.classList.add('pl-target');
    row?.scrollIntoView({ block: 'center' });
  };
  addEventListener('hashchange', () => void follow());
  void follow();
}
