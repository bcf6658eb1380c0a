/**
 * The copy button of a manifest on a page that is made by the hundred: what it copies stands in the lines
 * once, and is not written into the button too. Expressive Code reads it from there, with this sign at the
 * ends of lines.
 */
import './copy-buttons.ts';
import './windows.ts';

document.addEventListener(
  'click',
  (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLButtonElement>('.expressive-code .copy button');
    if (button?.dataset.code !== '') return;
    const lines = button.closest('figure')?.querySelectorAll('.ec-line') ?? [];
    button.dataset.code = [...lines].map((line) => line.textContent ?? '').join('\u007f');
  },
  true,
);
