import { iconButton, setIcon } from './tools.ts';

/**
 * A button that gives a diagram the whole window, in a dialog that Escape closes. The figure itself moves
 * there and back, with its tools and boards, so that its ids stay unique and every browser can do it.
 */
export function createScreen(
  figure: HTMLElement,
  title: string,
  label: string,
  onMove: () => void,
): HTMLButtonElement {
  let dialog: HTMLDialogElement | null = null;
  const button = iconButton(label, apart, '', () => {
    if (dialog) dialog.close();
    else dialog = open();
  });
  button.ariaPressed = 'false';
  return button;

  function open(): HTMLDialogElement {
    const place = document.createElement('div');
    const { margin } = getComputedStyle(figure);
    place.style.cssText = `margin:${margin};height:${figure.offsetHeight}px`;
    const opened = document.createElement('dialog');
    opened.className = 'pl-screen';
    opened.ariaLabel = title;
    figure.before(place);
    opened.append(figure);
    document.body.append(opened);
    opened.addEventListener('close', () => {
      dialog = null;
      place.replaceWith(figure);
      opened.remove();
      settle();
    });
    opened.showModal();
    settle();
    return opened;
  }

  function settle(): void {
    const isOpen = figure.closest('dialog') !== null;
    button.ariaPressed = String(isOpen);
    setIcon(button, isOpen ? together : apart);
    onMove();
    button.focus({ preventScroll: true });
  }
}

const apart = 'M9.5 6.5 14 2M10 2h4v4M6.5 9.5 2 14M6 14H2v-4';
const together = 'M14 2 9.5 6.5M9.5 2.5v4h4M2 14l4.5-4.5M6.5 13.5v-4h-4';
