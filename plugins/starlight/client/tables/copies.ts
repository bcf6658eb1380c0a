import { copyText, liveRegion } from '../copy-text.ts';
import type { Say } from '../words.ts';
import { placeOf, type TableRows } from './read.ts';

/** Buttons that copy the rows that are shown, as they are sorted, as Markdown or CSV; and what keys do. */
export function copies(read: TableRows, say: Say, load?: () => Promise<void>): HTMLElement[] {
  if (read.rows.length === 0) return [];
  liveRegion();
  const tail = document.createElement('span');
  tail.className = 'pl-tail';
  const hint = document.createElement('span');
  hint.className = 'pl-hint';
  hint.textContent = say('tableKeys');
  tail.append(hint);
  for (const [name, write] of [
    ['Markdown', markdown],
    ['CSV', csv],
  ] as const) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'pl-copy';
    button.textContent = name;
    button.title = button.ariaLabel = say('copyAs', { form: name });
    button.addEventListener('click', async () => {
      await load?.();
      const shown = read.rows.filter(({ isShown }) => isShown).map(({ element }) => element);
      const isTitled =
        read.columns.every(({ name }) => name !== 'origin') && shown.some((row) => placeOf(row) !== '');
      const lines = [
        [...read.columns.map(({ label }) => label), ...(isTitled ? [say('source')] : [])],
        ...shown.map((row) => [...valuesOf(row), ...(isTitled ? [placeOf(row)] : [])]),
      ];
      if (!(await copyText(write(lines), `${say('copied')}: ${name}`))) return;
      button.textContent = say('copied');
      setTimeout(() => {
        button.textContent = name;
      }, 1500);
    });
    tail.append(button);
  }
  return [tail];
}

function valuesOf(row: HTMLTableRowElement): string[] {
  return [...row.cells].map((cell) => {
    const items = [...cell.querySelectorAll('li')].map((item) => item.textContent?.trim() ?? '');
    const own = cell.cloneNode(true) as HTMLElement;
    own.querySelector('.pl-row-link')?.remove();
    const text = items.length > 0 ? items.join(', ') : (own.textContent ?? '').trim();
    return text || (cell.querySelector('a')?.title ?? '');
  });
}

function markdown([head = [], ...rows]: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

function csv(lines: string[][]): string {
  const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}
