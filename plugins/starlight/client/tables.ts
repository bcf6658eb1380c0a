/**
 * What JavaScript adds to the tables of a page: a filter, facets with counts, sorting by a click on a
 * heading, copies, links to rows, and a single stop of the keyboard for each table. The rest of a long table
 * is read from pages of its own. What is filtered and sorted stands in the query of the address, so that it
 * can be sent to a colleague. Without JavaScript a table is whole, or links to the pages that have the rest.
 */
import { roveAmong } from './rove.ts';
import { linkRows } from './tables/anchors.ts';
import { copies } from './tables/copies.ts';
import { bringOnOpening } from './tables/elsewhere.ts';
import { filterAndSort } from './tables/filter-and-sort.ts';
import { fitTable } from './tables/fit.ts';
import { moveByKeys } from './tables/keys.ts';
import { growTable } from './tables/more-rows.ts';
import { rowsElsewhere } from './tables/parts.ts';
import { readTable } from './tables/read.ts';
import { type Say, say } from './words.ts';

if (say) for (const figure of document.querySelectorAll<HTMLElement>('.pl-table')) enhance(figure, say);

function enhance(figure: HTMLElement, say: Say): void {
  const read = readTable(figure);
  if (!read) {
    bringOnOpening(figure, (whole) => enhance(whole, say));
    return;
  }
  const elsewhere = rowsElsewhere(figure, read, say);
  const giveRoles = fitTable(figure, read.table);
  const bar = figure.querySelector<HTMLElement>('.pl-bar');
  const show = bar
    ? filterAndSort(figure, read, bar, say, elsewhere, changedRows)
    : elsewhere
      ? growTable(figure, read, say, elsewhere, changedRows)
      : async () => undefined;
  // After the buttons that sort have been added, which are stops of the keyboard, too.
  const calm = moveByKeys(read.table);
  const foot = figure.querySelector('.pl-foot');
  foot?.append(...copies(read, say, elsewhere?.load));
  if (foot) {
    const of = (selector: string) => foot.querySelectorAll<HTMLElement>(selector);
    // The button for more rows comes last, as it is removed once all are shown.
    roveAmong([...of('.pl-all, .pl-tail button'), ...of('.pl-more')], foot);
  }
  linkRows(figure, read, say, show);

  function changedRows(): void {
    calm();
    giveRoles();
  }
}
