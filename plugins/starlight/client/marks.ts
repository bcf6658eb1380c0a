/**
 * The marks behind claims are one stop of the keyboard for each section, and so is each drawing that is told
 * as a list: the arrows go on in them.
 */
import { rove, roveAmong } from './rove.ts';

for (const list of document.querySelectorAll('.pl-outline')) rove(list, 'a[href]');

const text = document.querySelector('.sl-markdown-content');
if (text) {
  const sections: HTMLElement[][] = [[]];
  for (const one of text.querySelectorAll<HTMLElement>('h2, .pl-mark[tabindex]'))
    if (one.tagName === 'H2') sections.push([]);
    else sections.at(-1)?.push(one);
  for (const marks of sections) if (marks.length > 1) roveAmong(marks, text);
}
