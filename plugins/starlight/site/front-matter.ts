import { isObject } from '../../base/index.ts';
import { runsSomething } from '../../markdown/links/running-address.ts';
import { isSlug } from '../../markdown/slug.ts';

/**
 * The front matter of a page without what it may not publish: addresses that would run something lead
 * nowhere, in all that Starlight makes links of. What reads HTML is loaded by the first page that has some.
 */
export async function withheldData(data: Data): Promise<Data> {
  const link = (url: string) => (runsSomething(url) ? '#' : url);
  const attributes = (given: Data) => given;
  let hasHtml = false;
  const html = (text: string) => {
    hasHtml ||= text.includes('<');
    return text;
  };
  const withheld = mapped(withSlug(data), { link, html, attributes });
  if (!hasHtml) return withheld;
  const { withheldHtml } = await import('../../markdown/index.ts');
  return mapped(withheld, { link, html: (text) => withheldHtml(text, runsSomething), attributes });
}

/** Without a `slug` at which no site could have a page; the check has told of it. */
export function withSlug({ slug, ...data }: Data): Data {
  return typeof slug === 'string' && isSlug(slug) ? { slug, ...data } : data;
}

/** Puts each field of front matter that Starlight writes as an address, as HTML or as attributes through. */
export function mapped(data: Data, { link, html, attributes }: Fields): Data {
  const result = { ...data };
  const { hero, banner, sidebar, editUrl } = data;
  if (typeof editUrl === 'string' && link(editUrl) !== editUrl) result.editUrl = false;
  for (const name of ['prev', 'next']) result[name] = withLink(data[name], link);
  if (isObject(hero)) result.hero = heroOf(hero, { link, html, attributes });
  if (isObject(banner) && typeof banner.content === 'string')
    result.banner = { ...banner, content: html(banner.content) };
  if (isObject(sidebar) && isObject(sidebar.attrs))
    result.sidebar = { ...sidebar, attrs: attributes(linked(sidebar.attrs, link)) };
  return result;
}

function heroOf(hero: Data, { link, html, attributes }: Fields): Data {
  const { image, actions } = hero;
  const result = { ...hero };
  for (const name of ['title', 'tagline']) {
    const value = hero[name];
    if (typeof value === 'string') result[name] = html(value);
  }
  if (isObject(image) && typeof image.html === 'string') result.image = { ...image, html: html(image.html) };
  if (Array.isArray(actions))
    result.actions = actions.map((action: unknown) => {
      if (!isObject(action)) return action;
      const { icon, attrs } = action;
      return {
        ...(withLink(action, link) as Data),
        // A name of Starlight's, or HTML.
        ...(typeof icon === 'string' && icon.includes('<') ? { icon: html(icon) } : {}),
        ...(isObject(attrs) ? { attrs: attributes(linked(attrs, link)) } : {}),
      };
    });
  return result;
}

function withLink(value: unknown, link: Fields['link']): unknown {
  return isObject(value) && typeof value.link === 'string' ? { ...value, link: link(value.link) } : value;
}

/** Attributes come after Starlight's own: an `href` among them is the one that counts. */
function linked(attributes: Data, link: Fields['link']): Data {
  const { href } = attributes;
  return typeof href === 'string' ? { ...attributes, href: link(href) } : attributes;
}

interface Fields {
  link(url: string): string;
  html(html: string): string;
  attributes(given: Data): Data;
}

export type Data = Record<string, unknown>;
