import { existsSync } from 'node:fs';
import type { Element, Nodes, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { raw } from 'hast-util-raw';
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { CONTINUE, SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { runsSomething, wellFormed } from '../../markdown/index.ts';

/**
 * unified plugin for pages that are not one's own, before anything else that works on HTML: what the author
 * wrote as HTML is sanitized as on GitHub. What Markdown, Starlight's asides and our live pieces made of the
 * page stays as it is.
 */
export function rehypeSanitized(relink?: Relink): (tree: Root, file: VFile) => Promise<void> {
  return async (tree, { path }) => {
    // A page without a file is one of ours, made of the model: its HTML is written by hast.
    if (path !== undefined && !existsSync(path)) return;
    const made = numbered(tree);
    const parsed = raw(tree) as Root;
    visit(parsed, 'element', (element) => veil(element, made.length));
    const clean = sanitize(parsed, schema) as Root;
    tree.children = clean.children;
    tidy(tree);
    if (relink !== undefined && path !== undefined) {
      const own: Element[] = [];
      visit(tree, 'element', (element) => {
        if (element.tagName !== veiled) own.push(element);
      });
      await relink(own, path);
    }
    visit(tree, 'element', (element) => {
      const original = made[Number(element.properties[numberProperty])];
      if (element.tagName !== veiled || original === undefined) return;
      Object.assign(element, original);
    });
    // Parsing leaves out a text of nothing, and what paints code takes for granted that there is one.
    visit(tree, 'element', ({ tagName, children }) => {
      if (tagName === 'code' && children.length === 0) children.push({ type: 'text', value: '' });
    });
  };
}

/** HTML that a field of front matter holds. */
export function sanitizedHtml(html: string): string {
  const clean = sanitize(fromHtml(html, { fragment: true }), schema);
  tidy(clean);
  return toHtml(clean);
}

/**
 * Gives every element of a tree, before its raw HTML is parsed, a number that no author can know.
 * @returns what each is, by its number: parsing keeps neither what unified plugins know of it nor all of its
 * attributes.
 */
function numbered(tree: Root): Made[] {
  const made: Made[] = [];
  visit(tree, 'element', (element) => {
    const { tagName, data } = element;
    // A piece that is shown twice is one object.
    const { [tokenProperty]: _before, ...properties } = element.properties;
    made.push({ tagName, properties, ...(data ? { data } : {}) });
    element.properties = { ...properties, [tokenProperty]: String(made.length - 1) };
  });
  return made;
}

/** An element that was there before parsing passes the sanitizer under a name that no author can know. */
function veil(element: Element, count: number): void {
  const number = element.properties[tokenProperty];
  if (typeof number !== 'string' || !(Number(number) < count)) return;
  element.tagName = veiled;
  element.properties = { [numberProperty]: number };
}

/** What a schema cannot say: addresses of several parts, names that scripts would stumble over, hosts. */
function tidy(tree: Nodes): void {
  const anchors = new Set<string>();
  visit(tree, 'element', (element, index, parent) => {
    const { tagName, properties } = element;
    if (tagName === veiled) return CONTINUE;
    const { id, name } = properties;
    for (const [key, value] of Object.entries({ id, name })) {
      if (typeof value !== 'string') continue;
      if (!isAnchor(value)) properties[key] = `user-content-${value}`;
      else anchors.add(value);
    }
    // `<img name="cookie">` would stand in the place of `document.cookie`.
    if (tagName !== 'a') delete properties.name;
    if (typeof properties.href === 'string' && runsSomething(properties.href)) delete properties.href;
    if (tagName === 'source' && isElsewhere(properties.srcSet)) {
      parent?.children.splice(index ?? 0, 1);
      return index;
    }
    if (tagName === 'img' && typeof properties.src === 'string') properties.src = wellFormed(properties.src);
    if (tagName !== 'img' || !isElsewhere(properties.src)) return CONTINUE;
    // A picture of another host tells that host who reads: it is a link.
    const words = { type: 'text', value: textOf(properties.alt) || textOf(properties.src) } as const;
    const isInLink = parent?.type === 'element' && parent.tagName === 'a';
    const instead = isInLink ? words : h('a', { href: textOf(properties.src) }, words);
    parent?.children.splice(index ?? 0, 1, instead);
    return SKIP;
  });
}

/** An anchor as authors write them, which no script of a page asks for by its name. */
function isAnchor(name: string): boolean {
  return /^[\p{Ll}\p{N}]+(?:-[\p{Ll}\p{N}]+)*$/u.test(name) && !/^(?:pl|sl|tab|theme|site)-/.test(name);
}

/** True for an address of another host, in each part of a `srcset`. */
function isElsewhere(address: unknown): boolean {
  return textOf(address)
    .split(',')
    .some((part) => /^\s*(?:[a-z][a-z\d+.-]*:|[/\\]{2})/i.test(part.replaceAll(/[\t\n\r]/g, '')));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : '';
}

/** Of this process alone. */
const secret = crypto.randomUUID().replaceAll('-', '');
// Begins a word of its own, so that it is the same property after it was an attribute.
const tokenProperty = `dataK${secret}`;
const veiled = `pl-${secret}`;
const numberProperty = 'dataNumber';

const { attributes, protocols, tagNames, strip } = defaultSchema;

/**
 * GitHub's, which READMEs are written for, without what a static page has no use for and that names scripts
 * (`form`, `tabindex`, …); `id` and `name` are seen to by `tidy`.
 */
const schema: Schema = {
  ...defaultSchema,
  ancestors: {},
  tagNames: [
    ...(tagNames ?? []).filter((name) => name !== 'input'),
    'abbr',
    'caption',
    'center',
    'mark',
    'small',
    'u',
    veiled,
  ],
  attributes: {
    ...attributes,
    a: ['href'],
    code: [['className', /^language-[\w+#-]+$/]],
    img: ['src', 'loading'],
    source: ['srcSet', 'media', 'type'],
    [veiled]: [numberProperty],
    '*': [
      ...[
        'align',
        'alt',
        'ariaLabel',
        'ariaHidden',
        'border',
        'colSpan',
        'dateTime',
        'dir',
        'height',
        'id',
        'lang',
      ],
      ...[
        'name',
        'open',
        'reversed',
        'role',
        'rowSpan',
        'scope',
        'start',
        'title',
        'vAlign',
        'value',
        'width',
      ],
    ],
  },
  protocols: { ...protocols, href: ['http', 'https', 'mailto', 'tel', 'irc', 'ircs', 'xmpp'] },
  required: {},
  clobber: [],
  strip: [
    ...(strip ?? []),
    'style',
    'title',
    'template',
    'noscript',
    'iframe',
    'object',
    'svg',
    'math',
    'textarea',
    'select',
  ],
};

/** Gives links and pictures that the author of a page wrote as HTML other addresses. */
type Relink = (elements: Iterable<Element>, page: string) => Promise<void>;

interface Made {
  tagName: string;
  properties: Element['properties'];
  data?: NonNullable<Element['data']>;
}
