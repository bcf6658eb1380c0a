/**
 * Address of a page of the site by its slug, as Astro's `base`, `trailingSlash` and `build.format` want it.
 */
export function href(site: SiteAddress, slug: string): string {
  const base = site.base.replace(/\/$/, '');
  if (slug === '') return site.trailingSlash === 'never' && base !== '' ? base : `${base}/`;
  if (site.format === 'file') return `${base}/${slug}.html`;
  return `${base}/${slug}${site.trailingSlash === 'never' ? '' : '/'}`;
}

export interface SiteAddress {
  base: string;
  trailingSlash: 'always' | 'never' | 'ignore';
  format: 'file' | 'directory' | 'preserve';
}
