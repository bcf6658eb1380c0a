import { once } from '../base/index.ts';
import { isRule } from '../checks/index.ts';
import type { Platform } from '../platform/index.ts';
import { fileSlugs } from './file-slugs.ts';
import { namespacesSlug, policiesSlug, resourceIndexes, resourceSlugs } from './resource-slugs.ts';

/** Tells of a slug whether the site makes a page there by itself. */
export function createMadeSlugs(platform: Platform, site: SitePages): (slug: string) => boolean {
  const ofResources = once(() => slugsOfResources(platform));
  return (slug) => {
    const isResource = site.resources !== false && (slug === 'resources' || ofResources().has(slug));
    const isReference =
      ['rules', 'expressions', 'views'].includes(slug) || isRule(slug.replace(/^rules\//, ''));
    const isStatus = site.status !== false && slug === 'status';
    return isResource || isStatus || (site.rules !== false && isReference);
  };
}

/** Slugs of the pages about resources, of the lists of them, and of the files that are shown. */
function slugsOfResources(platform: Platform): ReadonlySet<string> {
  const { model } = platform;
  const slugs = resourceSlugs(model);
  const indexes = resourceIndexes(model, slugs);
  const lists = [
    ...(indexes.some(({ of }) => of === 'namespace') ? [namespacesSlug] : []),
    ...(model.policies.length > 0 ? [policiesSlug] : []),
  ];
  const files = fileSlugs(platform, slugs.values()).values();
  return new Set([...slugs.values(), ...indexes.map(({ slug }) => slug), ...lists, ...files]);
}

/** Which pages the site makes besides the author's; all of them where nobody says. */
export interface SitePages {
  resources?: boolean;
  /** Whether there is a page of what was verified and what was not. */
  status?: boolean;
  rules?: boolean;
  /** Plumbline makes it: its addresses are known. */
  isOwn?: boolean;
}
