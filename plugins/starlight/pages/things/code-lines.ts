import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Content } from '../../../remark/index.ts';
import { htmlOf } from '../html.ts';

/**
 * Lines of YAML under a caption, numbered and wrapped, for a page in Markdown: little HTML, as a page may
 * hold hundreds.
 */
export function codeLines({ caption, lines, first, anchor }: Code): string {
  const rows = lines.map(({ text, note }, index) =>
    // The shortest element that means nothing without an address.
    h('a', anchor === undefined || first === null ? {} : { id: `${anchor}L${first + index}` }, [
      ...coloured(text),
      ...(note === undefined ? [] : [h('i.pl-cause', note)]),
      '\n',
    ]),
  );
  const figure = h('figure.pl-source.not-content', anchor ? { id: anchor } : {}, [
    h('figcaption', caption),
    h('pre', first === null ? {} : { style: `--from: ${first - 1}` }, h('code', rows)),
  ]);
  // A blank line would end the block in Markdown.
  return htmlOf(figure).replaceAll('\n', '&#10;');
}

/** Keys and comments, as far as a line alone tells. */
function coloured(text: string): (Element | string)[] {
  const [, before = '', key, rest = ''] = /^(\s*(?:- +)*)([\w./$-]+:(?=\s|$))?(.*)$/s.exec(text) ?? [];
  const comment = /^\s*#|(?<=\s)#/.exec(rest);
  // A `#` behind a quote may be part of what is quoted.
  const isComment = comment !== null && !/["'|>]/.test(rest.slice(0, comment.index));
  return [
    before,
    ...(key === undefined ? [] : [h('b', key)]),
    isComment ? rest.slice(0, comment.index) : rest,
    ...(isComment ? [h('em', rest.slice(comment.index))] : []),
  ].filter((part) => part !== '');
}

interface Code {
  caption: Content;
  lines: CodeLine[];
  /** Number of the first line; null for lines that have none. */
  first: number | null;
  /** Before the number of each line in its id, where a link to a line leads here; may be empty. */
  anchor?: string;
}

export interface CodeLine {
  text: string;
  /** What changed it. */
  note?: string | undefined;
}
