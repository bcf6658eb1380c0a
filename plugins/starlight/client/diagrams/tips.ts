/**
 * SVG titles are shown to a mouse only: who comes to a link by keyboard gets the same words beside it. Escape
 * hides them.
 */
export function tipsOnFocus(figure: HTMLElement): void {
  const tip = document.createElement('div');
  tip.className = 'pl-tip';
  // The words are the link's name already.
  tip.ariaHidden = 'true';
  // Above everything, a diagram in the whole window too.
  tip.popover = 'manual';

  figure.addEventListener('focusin', ({ target }) => {
    tip.remove();
    if (!(target instanceof Element) || !target.matches('.pl-canvas a:focus-visible')) return;
    const words = target.querySelector('title')?.textContent ?? target.getAttribute('aria-label') ?? '';
    if (words === '') return;
    tip.textContent = words;
    figure.append(tip);
    tip.showPopover();
    place(target);
  });
  figure.addEventListener('focusout', () => tip.remove());
  figure.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') tip.remove();
  });

  /** Below the shape, inside the window; over it where there is no room below. */
  function place(target: Element): void {
    const shape = target.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.min(shape.left + shape.width / 2 - width / 2, innerWidth - width - 8);
    const below = shape.bottom + 6;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${below + height < innerHeight ? below : Math.max(8, shape.top - height - 6)}px`;
  }
}
