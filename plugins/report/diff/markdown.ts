import type { PlatformDiff } from '../../engine/index.ts';
import { visible } from '../frame.ts';
import { headline, partsOf, sidesLine } from './content.ts';
import type { Item, Part, Piece } from './pieces.ts';
import type { DiffIo } from './types.ts';

/**
 * A comment on a pull request: what matters most first, in at most `limit` characters; what has no room is
 * counted. Nothing of the repository is Markdown, HTML, a mention or a command in it. The first line tells
 * whoever updates the comment that it is this one.
 */
export function diffMarkdown(diff: PlatformDiff, io: DiffIo, limit = commentLimit): string {
  const head = [
    `${marker}\n## Plumbline: ${headline(diff)}\n\n`,
    `${sidesLine(diff)
      .map((piece) => printed(piece, io))
      .join('')}\n`,
  ].join('');
  let room = limit - head.length - reserve;
  const left: string[] = [];
  const shown = partsOf(diff).map((part) => {
    const [open, close] = around(part);
    const items: string[] = [];
    let size = open.length + close.length;
    for (const one of part.items) {
      const text = written(one, io);
      if (size + text.length > room) break;
      size += text.length;
      items.push(text);
    }
    const hidden = part.items.length - items.length;
    if (hidden > 0) left.push(`${hidden} of ${part.items.length} in ${part.title}`);
    if (items.length === 0) return '';
    room -= size;
    return `${open}${items.join('')}${close}`;
  });
  const more =
    left.length === 0
      ? ''
      : `\nNo room here for ${left.join(', ')}: \`plumbline diff --format json\` tells all.\n`;
  return `${head}${shown.join('')}${more}`;
}

/** What asks for a decision lies open. */
function around({ title, about, count, items }: Part): [string, string] {
  const heading = `${title} (${count})`;
  if (openTitles.has(title) || items.length <= mostOpen) return [`\n### ${heading}\n\n${about}\n\n`, ''];
  return [`\n<details><summary><b>${heading}</b>: ${about}</summary>\n\n`, '\n</details>\n'];
}

function written({ title, lines }: Item, io: DiffIo): string {
  const line = (pieces: Piece[]) => pieces.map((piece) => printed(piece, io)).join('');
  return [`- ${line(title)}\n`, ...lines.map((one) => `  - ${line(one)}\n`)].join('');
}

function printed(piece: Piece, io: DiffIo): string {
  if (typeof piece === 'string') return piece;
  if ('code' in piece) return code(piece.code);
  if ('strong' in piece) return `<b>${said(piece.strong)}</b>`;
  if ('said' in piece) return prose(piece.said);
  const { file, line, side, words } = piece;
  const path = io.path?.(file) ?? file;
  const text = code(`${path}:${line}`);
  const href = io.link?.(path, line, side) ?? null;
  const place = href === null ? text : `<a href="${entities(href)}">${text}</a>`;
  return words === '' ? place : `${place} ${prose(words)}`;
}

/** Words with code between backticks. */
function prose(text: string): string {
  const parts = text.split('`');
  return parts
    .map((part, index) =>
      index % 2 === 0 ? said(part) : index < parts.length - 1 ? code(part) : said(`\`${part}`),
    )
    .join('');
}

function code(text: string): string {
  return text === '' ? '' : `<code>${entities(text)}</code>`;
}

/**
 * Outside of code a host looks for names of people, teams and issues in what was shown, so they are parted.
 */
function said(text: string): string {
  return entities(text)
    .replaceAll(/(&#(?:64|35|33|126|36|38|37);)(?=[\w&])/g, '$1&#8288;')
    .replaceAll(/\b(GH|www|mailto)(?=&#)/gi, '$1&#8288;');
}

/** Every character that Markdown, HTML or an address could take for its own, as a number. */
function entities(text: string): string {
  return visible(text)
    .toWellFormed()
    .replaceAll(/[&<>"'`|*_~[\]\\#!@$:%^+={}()]|www\.|(?<=\bGH)-/gi, (found) =>
      found.length === 1 ? number(found) : `${found.slice(0, -1)}${number('.')}`,
    );
}

function number(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** What GitHub takes of one comment, in characters. */
const commentLimit = 65_536;
const marker = '<!-- plumbline-diff -->';
/** Characters for the line that counts what was left out. */
const reserve = 700;
const mostOpen = 8;
const openTitles = new Set(['Broken', 'Removed', 'Exposed', 'Security']);
