import type { Speech } from '../../words/index.ts';
import { type BuiltTable, tablesOf } from './built-table.ts';

/**
 * A page whose long tables begin on it and stand whole on pages of their own, of so many rows that each is
 * read at once. Those need no script, and the script reads from them what the filter finds.
 * @param hrefOf address of a slug.
 * @param isFree whether nothing else has a slug.
 */
export function withRowPages(html: string, options: RowPageOptions): { html: string; pages: RowPage[] } {
  const { slug, speech, hrefOf, isFree } = options;
  const pages: RowPage[] = [];
  let left = '';
  let end = 0;
  for (const [index, table] of tablesOf(html).entries()) {
    const isElsewhere = !options.hasDrawn && table.before.includes(' data-view="drawn"');
    if (!isElsewhere && table.rows.length <= options.most) continue;
    // A caption may be longer than the name of a folder.
    const isShort = table.name !== null && Buffer.byteLength(table.name) <= 100;
    // The first page of a site has no slug.
    const below = slug === '' ? '' : `${slug}/`;
    const at = (part: number) => `${below}rows/${isShort ? table.name : index + 1}/${part}`;
    const count = Math.ceil(table.rows.length / rowsOfPart);
    const parts = Array.from({ length: count }, (_, part) => at(part + 1));
    if (!parts.every(isFree)) continue;
    const [first = ''] = parts;
    const total = Math.max(table.total, table.rows.length);
    const all = `<a class="pl-all" href="${hrefOf(first)}" data-of="${count}">${speech.say('table.all', { count: table.rows.length })}</a>`;
    const shown = `${speech.say('table.shown', { shown: options.first, count: total })}</span> ${all}`;
    left += html.slice(end, table.start);
    left += isElsewhere ? onlyLink(table, all) : figureOf(table, 0, options.first, shown);
    end = table.end;
    for (const [part, own] of parts.entries()) {
      const from = part * rowsOfPart;
      const to = Math.min(from + rowsOfPart, table.rows.length);
      const said =
        count === 1 && total === table.rows.length
          ? speech.say('table.rows', { count: total })
          : speech.say('table.part', { from: from + 1, to, count: table.rows.length });
      const ways = parts.map((one, number) =>
        number === part
          ? `<li><a href="${hrefOf(one)}" aria-current="page">${number + 1}</a>`
          : `<li><a href="${hrefOf(one)}">${number + 1}</a>`,
      );
      const nav =
        count === 1
          ? ''
          : `<nav class="pl-parts" aria-label="${speech.say('table.parts')}"><ul>${ways.join('')}</ul></nav>`;
      pages.push({
        slug: own,
        html: document(html, {
          ...options,
          table,
          nav,
          figure: wholeOrPart(figureOf(table, from, to, `${said}</span>`), count),
          index,
          part: part + 1,
        }),
      });
    }
  }
  return { html: pages.length === 0 ? html : left + html.slice(end), pages };
}

/** A filter would find nothing of the other parts. */
function wholeOrPart(figure: string, parts: number): string {
  return parts === 1 ? figure : figure.replace('<div class="pl-bar"></div>', '');
}

/**
 * The table with some of its rows, below the headings of their groups; `foot` ends the element of the count.
 */
function figureOf({ before, rows, after }: BuiltTable, from: number, to: number, foot: string): string {
  let body = '';
  let group: string | null = null;
  for (const row of rows.slice(from, to)) {
    if (row.group !== group) body += `${group === null ? '' : '</tbody>'}${row.group}${row.heading}`;
    group = row.group;
    body += row.html;
  }
  const counted = after.replace(/(<span class="pl-count">)[^<]*<\/span>/, (_, tag: string) => tag + foot);
  return `${before.replace(/ pl-(?:tall|many)(?=[ "])/g, '')}${body}</tbody>${counted}`;
}

/** What a script of ours brings the table into when somebody opens what it stands in. */
function onlyLink({ before }: BuiltTable, all: string): string {
  return `${before.slice(0, before.indexOf('</figcaption>'))}</figcaption><p class="pl-foot">${all}</p></figure>`;
}

/**
 * A page with a part of a table and nothing else: its head is that of the page which the table begins on,
 * without what is said of that to those who find it, and without the icons of a choice that is not there.
 */
function document(html: string, { slug, hrefOf, table, index, nav, figure, part }: PartOptions): string {
  const head = html.slice(0, html.indexOf('<body'));
  const title = /<title>([^<]*)<\/title>/.exec(head)?.[1] ?? '';
  const id = table.name === null ? '' : `#${table.name}.table`;
  // Tables without an address of their own may be of one name.
  const number = table.name === null ? `${index + 1}.` : '';
  const own = head
    .replaceAll(ofPage, '')
    .replace(
      /<title>[^<]*<\/title>/,
      () =>
        `<title>${table.caption} ${number}${part}: ${title}</title><meta name="robots" content="noindex">`,
    );
  return `${own}<body class="pl-rows"><main class="sl-markdown-content"><p><a href="${hrefOf(slug)}${id}">${title}</a></p><h1 id="_top">${table.caption}</h1>${nav}${figure}${nav}</main></body></html>\n`;
}

const ofPage =
  /<meta (?:property="og:[^"]*"|name="(?:twitter:[^"]*|description)")(?:"[^"]*"|[^">])*>|<template id="theme-icons">(?:(?!<\/template)[\s\S])*<\/template>/g;

/** Rows of a page that is nothing but rows: some ten kilobytes of text. */
const rowsOfPart = 250;

export interface RowPageOptions {
  slug: string;
  speech: Speech;
  hrefOf(slug: string): string;
  isFree(slug: string): boolean;
  /** Rows that a table may have on the page; of more the `first` stand there. */
  most: number;
  first: number;
  /** Whether tables that stand for a drawing, behind a button, do so on its page. */
  hasDrawn: boolean;
}

interface PartOptions extends RowPageOptions {
  table: BuiltTable;
  nav: string;
  figure: string;
  /** Of the table on its page. */
  index: number;
  part: number;
}

export interface RowPage {
  slug: string;
  html: string;
}
