import { href, type SiteAddress } from '../../checks/index.ts';
import { declaredAt, fileAnchor, kindSlug, longestManifest, namespaceSlug } from '../../engine/index.ts';
import type { Model, Resource } from '../../model/index.ts';
import type { PageLinks } from '../../remark/index.ts';
import type { Place } from '../../source/index.ts';
import { commitToken } from './commit-token.ts';

/**
 * Where the pages of a site link to.
 * @param files slugs of the pages that show files which are no resource, by their paths.
 */
export function siteLinks(
  site: SiteAddress,
  model: Model,
  slugs: ReadonlyMap<string, string>,
  browse: string | null,
  files: ReadonlyMap<string, string> = new Map(),
): PageLinks {
  const page = (resource: Resource) => {
    const slug = slugs.get(resource.id);
    return slug === undefined ? null : href(site, slug);
  };
  return {
    resource: page,
    page: (slug) => href(site, slug),
    kind: (resource) => {
      const slug = slugs.get(resource.id);
      return slug === undefined ? null : href(site, kindSlug(slug));
    },
    namespace: (name) => (slugs.size === 0 ? null : href(site, namespaceSlug(name))),
    place: (place) => {
      if (browse !== null) return browseLink(browse, place);
      const owner = declaredAt(model)(place);
      const address = owner ? page(owner) : null;
      const file = files.get(place.file);
      if (!owner || address === null)
        return file === undefined ? null : `${href(site, file)}#${fileAnchor(place.file, place.line)}`;
      const isShown = place.line - owner.origin.line < longestManifest;
      return isShown ? `${address}#L${place.line}` : address;
    },
  };
}

/** Address of a file at the root of a site. */
export function fileAt({ base }: SiteAddress, name: string): string {
  return `${base.replace(/\/$/, '')}/${name}`;
}

/** A source link, with the token in place of the commit. */
export function browseLink(template: string, place: Place): string {
  return template
    .replaceAll('{commit}', commitToken)
    .replaceAll('{file}', place.file.split('/').map(encodeURIComponent).join('/'))
    .replaceAll('{line}', String(place.line));
}
