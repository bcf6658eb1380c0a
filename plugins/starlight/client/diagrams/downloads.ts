import type { Say } from '../words.ts';
import { fileOf } from './svg-file.ts';
import { textButton } from './tools.ts';

/** Buttons that save what is seen as an SVG file, and the text that it was drawn from. */
export function downloads(
  figure: HTMLElement,
  title: string,
  say: Say,
  current: () => SVGSVGElement | undefined,
): HTMLButtonElement[] {
  const { d2, source } = figure.dataset;
  const buttons = [
    textButton('SVG', say('downloadSvg'), () => {
      const svg = current();
      if (svg)
        save(`${fileName(svg.querySelector('title')?.textContent ?? title)}.svg`, fileOf(svg), svgType);
    }),
  ];
  const name = `${fileName(title)}.d2`;
  if (source !== undefined) buttons.push(textButton('D2', say('downloadD2'), () => saveFrom(source, name)));
  else if (d2 !== undefined)
    buttons.push(textButton('D2', say('downloadD2'), () => save(name, `${d2}\n`, 'text/plain')));
  for (const button of buttons) button.classList.add('pl-download');
  return buttons;
}

const svgType = 'image/svg+xml';

function fileName(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return name === '' ? 'diagram' : name;
}

function save(name: string, text: string, type: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  saveFrom(href, name);
  // The browser reads the address after the click; a while later it has.
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

function saveFrom(href: string, name: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}
