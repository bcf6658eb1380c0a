import { dirname, relative, resolve } from 'node:path';
import { CompletionItemKind } from 'vscode-languageserver/node';
import { realOf } from '../../base/index.ts';
import { decoded } from '../../checks/index.ts';
import type { Completer, Completion } from './types.ts';

/** The target of a link: another page, relative to this one, or a heading behind `#`. */
export const links: Completer = async (writing, { engine, path }) => {
  if (writing.at !== 'link' || /^[a-z][a-z0-9+.-]*:/i.test(writing.prefix)) return null;
  const hash = writing.prefix.indexOf('#');
  if (hash < 0) {
    const paths = await engine.pages.paths();
    return Promise.all(
      paths
        .filter((one) => realOf(one) !== realOf(path))
        .map(async (one): Promise<Completion> => {
          const page = await engine.pages.page(one);
          const label = relative(dirname(realOf(path)), one).replaceAll('\\', '/');
          return { label, kind: CompletionItemKind.File, ...(page ? { detail: page.title } : {}) };
        }),
    );
  }
  const target =
    hash === 0
      ? path
      : resolve(dirname(realOf(path)), decoded(writing.prefix.slice(0, hash).replace(/\?.*$/, '')));
  const page = await engine.pages.page(target);
  return (page?.headings ?? []).map(({ slug, text }) => ({
    label: slug,
    kind: CompletionItemKind.Reference,
    detail: text,
    start: writing.start + hash + 1,
  }));
};
