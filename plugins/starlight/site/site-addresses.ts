import { href } from '../../checks/index.ts';
import { crowdedSlugs, type Engine, fileSlugs, resourceSlugs } from '../../engine/index.ts';
import type { SiteOptions } from '../run/options.ts';
import { siteLinks } from './site-links.ts';

/** Addresses of the resources on the site, and what pages link to. */
export function addressesOf(
  { platform }: Engine,
  options: Pick<SiteOptions, 'address' | 'resources' | 'rules'>,
) {
  const { model, config } = platform;
  const slugs: ReadonlyMap<string, string> = options.resources ? resourceSlugs(model) : new Map();
  const files = options.resources ? fileSlugs(platform, slugs.values()) : new Map<string, string>();
  const crowded = options.resources ? crowdedSlugs(model) : [];
  const links = siteLinks(options.address, model, slugs, config.repository.browse, files);
  const rule = (name: string) => (options.rules ? href(options.address, `rules/${name}`) : null);
  return { slugs, crowded, links: { ...links, rule } };
}
