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

  const rows = [...figure.querySelectorAll<HTMLTableRowElement>('.pl-as-table tr[data-id]')];
  const own = rows.find((row) => row.querySelector(`a[href="${CSS.escape(href)}"]`));
  const id = own?.cells[0]?.textContent?.trim() ?? '';
  const edges = rows.filter(
    (row) => row !== own && [0, 1].some((at) => id !== '' && row.cells[at]?.textContent?.trim() === id),
  );
  const list = document.createElement('ul');
  list.ariaLabel = say('neighbours');
  for (const row of edges) {
    const item = document.createElement('li');
    const [from, to, says] = [...row.cells].map((cell) => cell.textContent?.trim() ?? '');
    item.textContent = from === id ? `${says} → ${to}` : `${from} → ${says}`;
    list.append(item);
  }
  card.append(title, told, ...(edges.length > 0 ? [list] : []), open, close);
  return card;
}
