import type { Model, Resource } from '../../model/index.ts';
import type { PageLinks } from '../../remark/index.ts';
import type { Place } from '../../source/index.ts';
import { commitToken } from './commit-token.ts';

/** Where the pages of a site link to. */
export function siteLinks(
  site: SiteAddress,
  model: Model,
  slugs: Map<string, string>,
  browse: string | null,
): PageLinks {
  const byFile = new Map<string, Resource[]>();
  for (const resource of model.resources) {
    if (resource.source === 'applicationset' || resource.source === 'external-secret') continue;
    const inFile = byFile.get(resource.origin.file) ?? [];
    inFile.push(resource);
    byFile.set(resource.origin.file, inFile);
  }
  const page = (resource: Resource) => {
    const slug = slugs.get(resource.id);
    return slug === undefined ? null : href(site, slug);
  };
  return {
    resource: page,
    place: (place) => {
      if (browse !== null) return browseLink(browse, place);
      const owner = byFile.get(place.file)?.find((resource) => holds(resource.origin, place));
      return owner ? page(owner) : null;
    },
  };
}

/**
 * Address of a page of the site by its slug, as Astro's `base`, `trailingSlash` and `build.format` want it.
 */
export function href(site: SiteAddress, slug: string): string {
  const base = site.base.replace(/\/$/, '');
  if (slug === '') return `${base}/`;
  if (site.format === 'file') return `${base}/${slug}.html`;
  return `${base}/${slug}${site.trailingSlash === 'never' ? '' : '/'}`;
}

/** A source link, with the token in place of the commit. */
export function browseLink(template: string, place: Place): string {
  return template
    .replaceAll('{commit}', commitToken)
    .replaceAll('{file}', place.file.split('/').map(encodeURIComponent).join('/'))
    .replaceAll('{line}', String(place.line));
}

function holds(outer: Place, inner: Place): boolean {
  return outer.line <= inner.line && inner.line <= Math.max(outer.endLine, outer.line);
}

export interface SiteAddress {
  base: string;
  trailingSlash: 'always' | 'never' | 'ignore';
  format: 'file' | 'directory' | 'preserve';
}
