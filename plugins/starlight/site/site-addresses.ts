import { href } from '../../checks/index.ts';
import { type Engine, resourceSlugs } from '../../engine/index.ts';
import type { SiteOptions } from '../run/options.ts';
import { siteLinks } from './site-links.ts';

/** Addresses of the resources on the site, and what pages link to. */
export function addressesOf(
  { platform: { model, config } }: Engine,
  options: Pick<SiteOptions, 'address' | 'resources' | 'rules'>,
) {
  const slugs = options.resources ? resourceSlugs(model) : new Map<string, string>();
  const links = siteLinks(options.address, model, slugs, config.repository.browse);
  const rule = (name: string) => (options.rules ? href(options.address, `rules/${name}`) : null);
  return { slugs, links: { ...links, rule } };
}
