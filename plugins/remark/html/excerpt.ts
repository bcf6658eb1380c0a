import { h } from 'hastscript';
import type { Nodes } from 'mdast';
import { type VerdictOf, withoutOptions } from '../../checks/index.ts';
import { placeElement } from './hast.ts';
import { live } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';

/**
 * The fence as a code block of the site: filled where it was empty, under the name of its file, with the way
 * to it below.
 */
export const writeExcerpt: StatementWriter<VerdictOf<'excerpt'>> = (
  { result },
  { node, ancestors },
  page,
) => {
  if (!result || node.type !== 'code') return;
  const { text, source } = result;
  if (node.value.trim() === '') node.value = text;
  const meta = withoutOptions(node.meta ?? '');
  const named = /(?:^|\s)title\s*=/.test(meta) || source.file.includes('"');
  node.meta = [named ? '' : `title="${source.file}"`, meta].filter((part) => part !== '').join(' ') || null;
  const parent = ancestors.at(-1);
  const index = (parent?.children as Nodes[] | undefined)?.indexOf(node) ?? -1;
  const caption = h('p', { class: 'pl-excerpt' }, [
    placeElement(source, `${source.file}:${source.line}`, page),
  ]);
  if (parent && index >= 0) parent.children.splice(index + 1, 0, live(caption) as never);
};
