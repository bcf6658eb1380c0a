import { h } from 'hastscript';
import type { Located } from '../../checks/index.ts';
import { isVerdictOf, type Verdict, type VerdictOf } from '../../checks/index.ts';
import type { Engine } from '../../engine/index.ts';
import { createDrawer } from './draw.ts';
import { linkElement } from './elements.ts';
import { type ElementContext, markElement, resourceLink } from './hast.ts';
import { become, dress } from './live.ts';
import { placeExcerpt } from './place-excerpt.ts';
import { placeSnapshot } from './place-snapshot.ts';
import { tableElement } from './table-element.ts';

/** Puts what a verdict resolved to in its statement's place on one page. */
export function createReplacer(
  engine: Engine,
  page: ElementContext,
  file: string,
): (verdict: Verdict, located: Located) => Promise<void> {
  const draw = createDrawer(engine, page, file);

  return async (verdict, located) => {
    const { node, ancestors } = located;
    const inLink = ancestors.some((one) => one.type === 'link' || one.type === 'linkReference');
    const here = { ...page, inLink };
    if (isVerdictOf(verdict, 'table')) {
      if (verdict.result) become(node, tableElement(verdict.result, page));
    } else if (isVerdictOf(verdict, 'd2') || isVerdictOf(verdict, 'diagram')) {
      if (verdict.result) become(node, await draw(verdict.result, verdict.unverified));
    } else if (isVerdictOf(verdict, 'fact')) {
      replaceFact(verdict, node);
    } else if (isVerdictOf(verdict, 'claim')) {
      replaceClaim(verdict, node, page);
    } else if (isVerdictOf(verdict, 'path') && node.type === 'inlineCode') {
      replacePath(verdict, node, here);
    } else if (isVerdictOf(verdict, 'reference') && node.type === 'inlineCode' && verdict.result) {
      const { resource } = verdict.result;
      become(node, resourceLink(resource, here, [h('code', node.value)]));
    } else if (isVerdictOf(verdict, 'excerpt') && verdict.result) {
      placeExcerpt(located, verdict.result, page);
    } else if (isVerdictOf(verdict, 'snapshot') && verdict.result) {
      placeSnapshot(located, verdict.result, page);
    }
  };
}

function replaceFact({ result, outcome, statement }: VerdictOf<'fact'>, node: Located['node']): void {
  // A stale fact whose fault is suppressed or off stands as its author wrote it.
  if (!result || outcome === 'false') {
    dress(node, 'span', ['pl-fact']);
    return;
  }
  const { count, value } = statement.attributes;
  const title = count ? `counted where ${count.value}` : `${value?.value ?? ''}`;
  become(node, h('span', { class: 'pl-fact', title }, result.text));
}

/** The sentence keeps its markup; the mark comes behind it. */
function replaceClaim(
  { result, outcome }: VerdictOf<'claim'>,
  node: Located['node'],
  page: ElementContext,
): void {
  const [tag, className]: [string, string[]] =
    node.type === 'containerDirective' ? ['div', ['pl-claim', 'pl-claim-block']] : ['span', ['pl-claim']];
  if (!result) {
    dress(node, tag, className);
    return;
  }
  const { summary, looked, total } = result;
  const more = total - looked.length;
  const names = `${looked.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  dress(node, tag, className, {
    last: markElement(`${summary}: ${names}`, outcome === 'true', page.commit ?? null),
  });
}

function replacePath(
  { result }: VerdictOf<'path'>,
  node: Located['node'] & { type: 'inlineCode' },
  page: ElementContext,
): void {
  if (!result) return;
  const [first, second] = result.files;
  const title = second === undefined ? (first ?? '') : `${result.files.length} files`;
  const whole = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  // Several files have no one page; the folder that holds them all does.
  const target = second === undefined ? first : commonFolder(result.files);
  const href = target === undefined || page.inLink ? null : page.links.place({ file: target, ...whole });
  become(node, linkElement(href, { class: 'pl-path', title }, h('code', node.value)));
}

function commonFolder(files: string[]): string | undefined {
  const [first = [], ...others] = files.map((file) => file.split('/').slice(0, -1));
  const length = first.findIndex((segment, index) => others.some((other) => other[index] !== segment));
  const folder = (length < 0 ? first : first.slice(0, length)).join('/');
  return folder === '' ? undefined : folder;
}
