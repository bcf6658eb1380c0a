import { dirname, resolve } from 'node:path';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { entryAt, isObject } from '../../base/index.ts';
import { runsSomething } from '../../markdown/index.ts';
import { isWithin } from '../run/options.ts';
import { type Data, mapped, withSlug } from '../site/front-matter.ts';
import { drawingUri } from './drawings.ts';
import { sanitizedHtml } from './sanitize-html.ts';

/**
 * The front matter of a page that is not one's own: HTML is sanitized, elements of the head and attributes
 * are left out, and a title is text where a hero would write it as HTML.
 */
export function sanitizedData({ head: _head, ...data }: Data, path: string, within: Within): Data {
  const clean = mapped(withSlug(data), {
    link: (url) => (runsSomething(url) ? '#' : url),
    html: sanitizedHtml,
    attributes: () => ({}),
  });
  const { hero, sidebar } = clean;
  if (isObject(sidebar) && isObject(sidebar.badge)) {
    const { class: _class, ...badge } = sidebar.badge;
    clean.sidebar = { ...sidebar, badge };
  }
  if (!isObject(hero)) return clean;
  const actions = Array.isArray(hero.actions) ? hero.actions.map(withoutPicture) : hero.actions;
  const title = hero.title ?? escaped(String(clean.title ?? ''));
  const { image, ...rest } = hero;
  const picture = isObject(image) ? pictureOf(image, path, within) : null;
  return {
    ...clean,
    hero: {
      ...rest,
      title,
      ...(actions === undefined ? {} : { actions }),
      ...(picture ? { image: picture } : {}),
    },
  };
}

/** Pictures of the repository alone, those that may hold a script as bytes of the page; null for none. */
function pictureOf(image: Data, page: string, within: Within): Data | null {
  const { alt, html, file, dark, light } = image;
  if (typeof html === 'string') return html === '' ? null : image;
  const files = [light ?? file ?? dark, file, dark].filter((one) => typeof one === 'string');
  const paths = files.map((one) => resolve(dirname(page), one));
  const [first] = paths;
  if (first === undefined || paths.some((one) => !isWithin(one, within) || entryAt(one) === undefined))
    return null;
  if (paths.every((one) => /\.(?:png|jpe?g|gif|webp|avif)$/i.test(one))) return image;
  const src = /\.svg$/i.test(first) ? drawingUri(first) : null;
  return src === null ? null : { html: toHtml(h('img', { src, alt: typeof alt === 'string' ? alt : '' })) };
}

/** An icon of its own is SVG, which may hold a script. */
function withoutPicture(action: unknown): unknown {
  if (!isObject(action) || typeof action.icon !== 'string' || /^[\w-]+$/.test(action.icon)) return action;
  const { icon: _icon, ...rest } = action;
  return rest;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

type Within = Parameters<typeof isWithin>[1];
