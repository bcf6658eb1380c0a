/**
 * Diagrams, larger: a button under each opens it as wide as the window, in a dialog that the Escape key closes.
 * The drawing itself moves there and back, so that its ids stay unique. Without JavaScript a diagram scrolls in its frame.
 */

for (const figure of document.querySelectorAll<HTMLElement>('.pl-diagram')) {
  const caption = figure.querySelector('.pl-caption');
  const canvas = figure.querySelector<HTMLElement>('.pl-canvas');
  const svg = canvas?.querySelector('svg');
  if (caption && canvas && svg) enlargeable(caption, canvas, svg);
}

function enlargeable(caption: Element, canvas: HTMLElement, svg: SVGElement): void {
  // A frame that scrolls must be reachable by keyboard; one that shows all of its drawing need not.
  const watch = new ResizeObserver(() => {
    const isCut = canvas.scrollWidth > canvas.clientWidth + 1;
    if (isCut) canvas.tabIndex = 0;
    else canvas.removeAttribute('tabindex');
  });
  watch.observe(canvas);

  const name = caption.textContent ?? '';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'pl-enlarge';
  button.textContent = 'Enlarge';
  button.setAttribute('aria-label', `Enlarge: ${name}`);
  caption.append(button);
  button.addEventListener('click', () => {
    const dialog = document.createElement('dialog');
    dialog.className = 'pl-lightbox not-content';
    dialog.setAttribute('aria-label', name);
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'pl-enlarge';
    close.textContent = 'Close';
    close.addEventListener('click', () => dialog.close());
    const stage = document.createElement('div');
    stage.className = 'pl-stage';
    canvas.style.minHeight = `${canvas.offsetHeight}px`;
    stage.append(svg);
    dialog.append(close, stage);
    dialog.addEventListener('close', () => {
      canvas.append(svg);
      canvas.style.minHeight = '';
      dialog.remove();
      button.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
