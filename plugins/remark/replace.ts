import { createHash } from 'node:crypto';
import type { ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { h } from 'hastscript';
import { type DrawnDiagram, isVerdictOf, type Verdict, type VerdictOf } from '../checks/index.ts';
import { referenceOf } from '../model/index.ts';
import type { Engine } from './engine.ts';
import type { Located } from './extract.ts';
import { diagramElement, type ElementContext, markElement, resourceLink } from './hast.ts';
import { become, dress } from './live.ts';
import { tableElement } from './table-element.ts';

/** Puts what a verdict resolved to in its statement's place on one page. */
export function createReplacer(
  engine: Engine,
  page: ElementContext,
  file: string,
): (verdict: Verdict, located: Located) => Promise<void> {
  const salts = new Map<string, number>();
  const draw = async (drawing: DrawnDiagram) => {
    const key = createHash('sha256').update(`${file}\0${drawing.input.source}`).digest('hex').slice(0, 10);
    const count = (salts.get(key) ?? 0) + 1;
    salts.set(key, count);
    return drawnSvg(engine, page, drawing, count === 1 ? key : `${key}-${count}`);
  };

  return async (verdict, { node, ancestors }) => {
    const inLink = ancestors.some((one) => one.type === 'link' || one.type === 'linkReference');
    const here = { ...page, inLink };
    if (isVerdictOf(verdict, 'table')) {
      if (verdict.result) become(node, tableElement(verdict.result, page));
    } else if (isVerdictOf(verdict, 'd2') || isVerdictOf(verdict, 'diagram')) {
      if (verdict.result)
        become(node, diagramElement(verdict.result, await draw(verdict.result), verdict.unverified, page));
    } else if (isVerdictOf(verdict, 'fact')) {
      replaceFact(verdict, node);
    } else if (isVerdictOf(verdict, 'claim')) {
      replaceClaim(verdict, node, page);
    } else if (isVerdictOf(verdict, 'path') && node.type === 'inlineCode') {
      replacePath(verdict, node, here);
    } else if (isVerdictOf(verdict, 'reference') && node.type === 'inlineCode' && verdict.result) {
      const { resource } = verdict.result;
      become(node, resourceLink(resource, here, [h('code', node.value)]));
    }
  };
}

async function drawnSvg(
  engine: Engine,
  page: ElementContext,
  drawing: DrawnDiagram,
  salt: string,
): Promise<ElementContent[]> {
  const { input, title, description, bound } = drawing;
  const svg = await engine.d2.render(input, {
    salt,
    title,
    description,
    resolveLink(link, shape) {
      if (!link.startsWith('gitops:')) return { href: link, title: '' };
      const id = bound[shape];
      const resource = id === undefined ? undefined : engine.platform.resource(id);
      const href = resource ? page.links.resource(resource) : null;
      return resource && href !== null ? { href, title: referenceOf(resource) } : null;
    },
  });
  return fromHtml(svg, { fragment: true, space: 'svg' }).children.filter((child) => child.type === 'element');
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
  const code = h('code', node.value);
  become(
    node,
    href === null
      ? h('span', { class: 'pl-path', title }, code)
      : h('a', { class: 'pl-path', href, title }, code),
  );
}

function commonFolder(files: string[]): string | undefined {
  const [first = [], ...others] = files.map((file) => file.split('/').slice(0, -1));
  const length = first.findIndex((segment, index) => others.some((other) => other[index] !== segment));
  const folder = (length < 0 ? first : first.slice(0, length)).join('/');
  return folder === '' ? undefined : folder;
}
