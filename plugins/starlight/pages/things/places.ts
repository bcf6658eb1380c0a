import type { Element } from 'hast';
import { h } from 'hastscript';
import { type Content, linkElement } from '../../../remark/index.ts';
import type { Place } from '../../../source/index.ts';
import { block, place, refById } from '../html.ts';
import type { Thing } from './thing.ts';

/** A list of what is so, each with the line that says it. */
export function lines(rows: readonly (Element | null)[]): string {
  return block(
    h(
      'ul.pl-lines.not-content',
      rows.filter((row) => row !== null),
    ),
  );
}

/** Words, and behind them the line that says so. */
export function lineItem(words: Content, at: Place | null, { page }: Thing): Element {
  return h('li', [h('span', words), ...(at === null ? [] : [' ', place(at, page)])]);
}

/** References with a comma between, as a sentence has them. */
export function named(all: readonly { id: string }[], { page }: Thing): (Element | string)[] {
  return all.flatMap(({ id }, index) => [...(index === 0 ? [] : [', ']), refById(id, page)]);
}

/** A line by the name of its file alone, where many of them stand below each other. */
export function shortPlace({ file, line, ...rest }: Place, { page }: Thing): Element {
  const target = page.links.place({ file, line, ...rest });
  const name = file.split('/').at(-1) ?? file;
  return linkElement(target, { class: 'pl-place', title: `${file}:${line}` }, `${name}:${line}`);
}
