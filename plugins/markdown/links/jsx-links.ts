import type { Nodes, Root } from 'mdast';
import { oncePer } from '../../base/index.ts';
import { addressIn, type HtmlAddress, htmlAddress } from './html-links.ts';

/**
 * The addresses that an element of MDX has as plain text: those of HTML, and what components have under the
 * same names. What an expression works out is not known.
 */
export function jsxLinks({ name, attributes }: JsxElement, root: Root | undefined): JsxLink[] {
  if (name === null) return [];
  const isHtml = /^[a-z][a-zA-Z\d]*$/.test(name);
  const known = isHtml || (root !== undefined && knownComponents(root).has(name));
  return attributes.flatMap((attribute): JsxLink[] => {
    if (attribute.type !== 'mdxJsxAttribute') return [];
    const written = attribute.name.toLowerCase();
    const meant = isHtml ? htmlAddress(name.toLowerCase(), written) : ofComponent(attribute.name, known);
    const value = textOf(attribute);
    if (meant === undefined || value === null) return [];
    const { kind, taken } = meant;
    return [{ url: addressIn(value, meant), kind, taken, attribute, component: known ? null : name }];
  });
}

function ofComponent(name: string, known: boolean): HtmlAddress | undefined {
  if (name === 'href') return { attribute: name, kind: 'link', taken: known ? 'either' : 'address' };
  if (name === 'src') return { attribute: name, kind: 'image', taken: 'address' };
  return htmlAddress('', name.toLowerCase());
}

/** Components whose `href` and `src` come out as they are given. */
const knownComponents = oncePer((root: Root): Set<string> => {
  const names = root.children.flatMap((node) => {
    if (node.type !== 'mdxjsEsm') return [];
    const imports = node.value.matchAll(
      /\bimport\s*\{([^}]*)\}\s*from\s*['"](?:@astrojs\/starlight\/components|astro:assets)['"]/g,
    );
    return [...imports].flatMap(([, list = '']) => list.split(','));
  });
  return new Set(
    names.flatMap((name) => {
      const [given = '', own = given] = name.trim().split(/\s+as\s+/);
      return /^(?:LinkCard|LinkButton|Image|Picture)$/.test(given) ? [own] : [];
    }),
  );
});

/** The value of an attribute that is a text, be it in braces; null for any other. */
function textOf({ value }: JsxAttribute): string | null {
  if (typeof value === 'string') return value;
  return /^\s*(["'`])([^"'`\\$]*)\1\s*$/.exec(value?.value ?? '')?.[2] ?? null;
}

export type JsxElement = Extract<Nodes, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
type JsxAttribute = Extract<JsxElement['attributes'][number], { type: 'mdxJsxAttribute' }>;

export interface JsxLink extends Pick<HtmlAddress, 'kind' | 'taken'> {
  url: string;
  attribute: JsxAttribute;
  /** The component, where it may make something else of the address. */
  component: string | null;
}
