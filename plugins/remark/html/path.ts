import { h } from 'hastscript';
import type { VerdictOf } from '../../checks/index.ts';
import { linkElement } from './elements.ts';
import { become } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';

/** A path leads to its file; a pattern to the folder that holds all that it matches. */
export const writePath: StatementWriter<VerdictOf<'path'>> = ({ result }, { node }, page) => {
  if (!result || node.type !== 'inlineCode') return;
  const [first, second] = result.files;
  const title =
    second === undefined ? (first ?? '') : page.speech.say('path.files', { count: result.files.length });
  const whole = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  // Several files have no one page; the folder that holds them all does.
  const target = second === undefined ? first : commonFolder(result.files);
  const href = target === undefined || page.inLink ? null : page.links.place({ file: target, ...whole });
  become(node, linkElement(href, { class: 'pl-path', title }, h('code', node.value)));
};

function commonFolder(files: readonly string[]): string | undefined {
  const [first = [], ...others] = files.map((file) => file.split('/').slice(0, -1));
  const length = first.findIndex((segment, index) => others.some((other) => other[index] !== segment));
  const folder = (length < 0 ? first : first.slice(0, length)).join('/');
  return folder === '' ? undefined : folder;
}
