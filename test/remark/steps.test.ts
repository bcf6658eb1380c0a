import { readFileSync } from 'node:fs';
import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';
import type { ElementContext } from '../../plugins/remark/html/hast.ts';
import { canvases } from '../../plugins/remark/html/pictures.ts';
import { layoutOf } from '../../plugins/remark/html/table-layout.ts';

test('the stylesheet has a step for each width that a drawing may need', () => {
  const board = { id: '', name: '', shapes: [], edges: [], bound: {}, least: 0 };
  // Of a board without shapes nothing of the page is asked.
  const page = {} as ElementContext;
  const forms = widths.flatMap((least) => {
    const form = { nodes: [], least };
    return canvases({ drawn: form, turned: form }, board, page).map((element) => toHtml(element));
  });
  expect(stepsIn(sheet('diagrams.css'), 'need')).toEqual(stepsIn(forms.join(), 'need').slice(1));
  expect(stepsIn(sheet('diagrams.css'), 'below')).toEqual(stepsIn(forms.join(), 'below').slice(1));
});

test('the stylesheet has a step for each width under which a table is cards', () => {
  const froms = widths.map((_, letters) => {
    const label = 'c'.repeat(letters * 2);
    return layoutOf([{ label, isRight: false, isArrow: false }], []).from;
  });
  expect(stepsIn(sheet('tables.css'), 'from')).toEqual([...new Set(froms)]);
});

/** From what a phone shows to more than a window. */
const widths = Array.from({ length: 110 }, (_, index) => 100 + index * 16);

function sheet(name: string): string {
  return readFileSync(new URL(`../../plugins/starlight/styles/${name}`, import.meta.url), 'utf8');
}

function stepsIn(text: string, name: string): number[] {
  const found = [...text.matchAll(new RegExp(`pl-${name}-(\\d+)`, 'g'))].map(([, step]) => Number(step));
  return [...new Set(found)].sort((a, b) => a - b);
}
