/**
 * A button beside each command and over each source of the page of a resource, which copies it and says so,
 * aloud too. Without a script they are selected whole by a tap.
 */
import { copyText, liveRegion } from './copy-text.ts';

const [copy, copied] = document.querySelector<HTMLElement>('[data-copy]')?.dataset.copy?.split('|') ?? [];
if (copy && copied) addButtons(copy, copied);

function addButtons(copy: string, copied: string): void {
  liveRegion();
  const add = (place: Element, name: string, textOf: () => string): void => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'pl-copies';
    button.textContent = copy;
    button.ariaLabel = `${copy}: ${name}`;
    button.addEventListener('click', async () => {
      if (!(await copyText(textOf(), `${copied}: ${name}`))) return;
      button.textContent = copied;
      setTimeout(() => {
        button.textContent = copy;
      }, 1500);
    });
    place.append(button);
  };
  for (const command of document.querySelectorAll('.pl-look code')) {
    const text = command.textContent ?? '';
    if (command.parentElement) add(command.parentElement, text, () => text);
  }
  for (const figure of document.querySelectorAll('.pl-source')) {
    const caption = figure.querySelector('figcaption');
    if (caption) add(caption, caption.textContent?.trim() ?? '', () => linesOf(figure));
  }
}

/** As written: what made a line so is no part of it. */
function linesOf(figure: Element): string {
  const lines = figure.querySelectorAll('pre a');
  return [...lines]
    .map((line) => {
      const own = line.cloneNode(true) as Element;
      own.querySelector('.pl-cause')?.remove();
      return own.textContent ?? '';
    })
    .join('');
}
