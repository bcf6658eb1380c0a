import { isScalar, parseDocument, type Scalar } from 'yaml';
import { htmlLinks } from './html-links.ts';

/** What Starlight makes links and pictures of in a page's front matter, with the offsets in its YAML. */
export function frontMatterLinks(yaml: string): FrontMatterLink[] {
  if (!/^(?:hero|prev|next|banner|editUrl|sidebar):/m.test(yaml)) return [];
  const document = parseDocument(yaml, { logLevel: 'silent' });
  const at = (...path: (string | number)[]): [string, Scalar][] => {
    const node = document.getIn(path, true);
    return isScalar(node) && typeof node.value === 'string' ? [[node.value, node]] : [];
  };
  const link = ([url, node]: [string, Scalar]): FrontMatterLink => ({
    ...{ url, kind: 'link', taken: 'address' },
    ...placed(yaml, url, node),
  });
  const picture = ([url, node]: [string, Scalar]): FrontMatterLink[] =>
    // What is no path is an alias or a package.
    /^\.\.?\//.test(url) ? [{ url, kind: 'image', taken: 'file', ...placed(yaml, url, node) }] : [];
  const markup = ([html, node]: [string, Scalar]): FrontMatterLink[] =>
    htmlLinks(html).map(({ url, kind, taken }) => ({
      url,
      kind,
      taken: taken === 'scheme' ? taken : 'address',
      ...placed(yaml, url, node),
    }));
  const actions = document.getIn(['hero', 'actions']);
  const count = typeof actions === 'object' && actions !== null && 'items' in actions ? actions.items : [];
  return [
    ...(Array.isArray(count) ? count : []).flatMap((_, index) => [
      ...at('hero', 'actions', index, 'link').map(link),
      ...at('hero', 'actions', index, 'attrs', 'href').map(link),
    ]),
    ...['prev', 'next'].flatMap((name) => at(name, 'link').map(link)),
    ...at('editUrl').map(link),
    ...at('sidebar', 'attrs', 'href').map(link),
    ...['file', 'dark', 'light'].flatMap((name) => at('hero', 'image', name).flatMap(picture)),
    ...at('hero', 'image', 'html').flatMap(markup),
    ...at('hero', 'title').flatMap(markup),
    ...at('hero', 'tagline').flatMap(markup),
    ...at('banner', 'content').flatMap(markup),
  ];
}

/** Where the address stands in its text; the whole text where it is written otherwise there. */
function placed(yaml: string, url: string, { range }: Scalar): { start: number; end: number } {
  const [start = 0, end = 0] = range ?? [];
  const found = yaml.slice(start, end).indexOf(url);
  return found < 0 ? { start, end } : { start: start + found, end: start + found + url.length };
}

export interface FrontMatterLink {
  url: string;
  kind: 'link' | 'image';
  /** A `file` beside the page that the build takes along, or as HTML has it. */
  taken: 'file' | 'address' | 'scheme';
  start: number;
  end: number;
}
