import { elsewhereOf, fetchTables } from '../tables/elsewhere.ts';
import type { Say } from '../words.ts';
import { plainButton } from './tools.ts';

/**
 * A tap on a shape opens a card: what it stands for, the line that declares it, what its edges say, and the
 * way to its page. With a mouse or a keyboard the same is in tips, and a link is followed.
 */
export function cardOnTap(figure: HTMLElement, say: Say): void {
  let card: HTMLElement | null = null;
  figure.addEventListener('click', (event) => {
    const isTap = event instanceof PointerEvent && event.pointerType === 'touch';
    const link = event.target instanceof Element ? event.target.closest('.pl-canvas a') : null;
    const href = link?.getAttribute('href');
    if (!isTap || !link || !href || href.startsWith('#') || event.defaultPrevented) return;
    event.preventDefault();
    card?.remove();
    card = cardOf(figure, link, href, say);
    figure.append(card);
    card.showPopover();
  });
}

function cardOf(figure: HTMLElement, link: Element, href: string, say: Say): HTMLElement {
  const card = document.createElement('div');
  card.popover = 'auto';
  card.className = 'pl-shape-card';
  const name = [...link.querySelectorAll('tspan, text')].find((one) => one.textContent?.trim());
  const title = document.createElement('strong');
  title.textContent = link.querySelector('text')?.textContent ?? name?.textContent ?? '';
  const told = document.createElement('p');
  told.textContent = link.querySelector('title')?.textContent ?? '';
  const open = document.createElement('a');
  open.href = href;
  open.textContent = say('open');
  const close = plainButton('×', () => card.hidePopover());
  close.className = 'pl-tool';
  close.ariaLabel = say('close');

  card.append(title, told, open, close);
  rowsOf(figure)
    .then((rows) => {
      const list = neighbours(rows, href, say);
      if (list.childElementCount > 0) told.after(list);
    })
    // What it stands for is told all the same.
    .catch(() => undefined);
  return card;
}

/** Of the tables of a drawing all rows, also those that its page leaves to pages of their own. */
async function rowsOf(figure: HTMLElement): Promise<HTMLTableRowElement[]> {
  const tables = [...figure.querySelectorAll<HTMLElement>('.pl-as-table .pl-table')].map(async (table) => {
    const elsewhere = elsewhereOf(table);
    return elsewhere === null ? [table] : fetchTables(elsewhere);
  });
  const read = (await Promise.all(tables)).flat();
  return read.flatMap((table) => [...table.querySelectorAll<HTMLTableRowElement>('tr[data-id]')]);
}

/** What the edges of a shape say: of several that are called alike it has its own. */
function neighbours(rows: HTMLTableRowElement[], href: string, say: Say): HTMLElement {
  const own = rows.find((row) => row.querySelector(`a[href="${CSS.escape(href)}"]`))?.dataset.id;
  const list = document.createElement('ul');
  list.ariaLabel = say('neighbours');
  for (const row of rows) {
    const ends = endsOf(row.dataset.id ?? '');
    if (own === undefined || !ends.includes(own)) continue;
    const [from = '', to = '', says = ''] = [...row.cells].map((cell) => cell.textContent?.trim());
    const item = document.createElement('li');
    item.textContent = (ends[0] === own ? `${says} → ${to}` : `${from} → ${says}`).trim();
    list.append(item);
  }
  return list;
}

/** The shapes of an edge as D2 calls it, such as `a.(b -> c)[0]`; none of what is no edge. */
function endsOf(id: string): string[] {
  const [, inside = '', from, to] = /^(.*\.)?\((.+) (?:->|<-|<->|--) (.+)\)\[\d+\]$/.exec(id) ?? [];
  return from === undefined || to === undefined ? [] : [inside + from, inside + to];
}
