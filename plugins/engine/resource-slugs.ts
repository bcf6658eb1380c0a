import { compareText, digestOf, oncePer } from '../base/index.ts';
import { isMadeSecret, type Model, type Resource } from '../model/index.ts';
import type { Place } from '../source/index.ts';

/**
 * Slug of each resource's page, by its id: `resources/<kind>/<namespace>/<name>`, the namespace left out
 * where there is none. Of resources that would share a slug all but the first have theirs below it: by their
 * group where that is another, a repetition by its number. So all of a kind lie below `resources/<kind>`.
 */
export function resourceSlugs(model: Model): Map<string, string> {
  const slugs = new Map<string, string>();
  const taken = new Map<string, Resource>();
  for (const resource of [...model.resources].sort(byGroupAndId)) {
    const slug = freeSlug(resource, taken);
    taken.set(slug, resource);
    slugs.set(resource.id, slug);
  }
  return slugs;
}

/** Addresses of resources that are not plain, as another has that: they come and go with the other. */
export function crowdedSlugs({ resources }: Model, slugs: ReadonlyMap<string, string>): string[] {
  return resources.flatMap(({ id, namespace }) => {
    const slug = slugs.get(id) ?? '';
    return slug.split('/').length > (namespace === null ? 3 : 4) ? [`${id} ${slug}`] : [];
  });
}

/**
 * The pages that list resources: `resources/<kind>`, above the pages of the resources of that kind, and
 * `resources/namespaces/<namespace>` for each namespace that something is in. A page of a resource keeps its
 * address.
 */
export function resourceIndexes(model: Model, slugs = resourceSlugs(model)): ResourceIndex[] {
  const taken = new Set(slugs.values());
  const kinds = Map.groupBy(model.resources, (resource) => kindSlug(slugs.get(resource.id) ?? ''));
  const namespaces = Map.groupBy(
    model.resources.filter(({ namespace }) => namespace !== null),
    ({ namespace }) => namespaceSlug(namespace ?? ''),
  );
  const own = (of: ResourceIndex['of'], all: Map<string, Resource[]>) =>
    [...all].flatMap(([slug, resources]) => {
      const name = resources[0]?.[of];
      return taken.has(slug) || !name ? [] : [{ of, name, slug, resources }];
    });
  return [...own('kind', kinds), ...own('namespace', namespaces)].sort(
    (a, b) => compareText(a.of, b.of) || compareText(a.name, b.name) || compareText(a.slug, b.slug),
  );
}

/** The address above that of a resource's page: `resources/<kind>`. */
export function kindSlug(slug: string): string {
  return slug.split('/').slice(0, 2).join('/');
}

/** The page of all rules of policies. */
export const policiesSlug = 'resources/policies';

/** The address above those of namespaces. */
export const namespacesSlug = 'resources/namespaces';

export function namespaceSlug(namespace: string): string {
  return `${namespacesSlug}/${bounded(slugPart(namespace))}`;
}

/** Which resource is written at a place of the manifests; undefined for none. */
export const declaredAt = oncePer((model: Model) => {
  const byFile = Map.groupBy(
    model.resources.filter((one) => one.source !== 'applicationset' && !isMadeSecret(one)),
    ({ origin }) => origin.file,
  );
  return ({ file, line }: Pick<Place, 'file' | 'line'>): Resource | undefined =>
    byFile
      .get(file)
      ?.find(({ origin }) => origin.line <= line && line <= Math.max(origin.endLine, origin.line));
});

/**
 * The core group comes first: a `Service` keeps its plain address when another group brings its own
 * `Service`.
 */
function byGroupAndId(a: Resource, b: Resource): number {
  return compareText(`${a.group}\0${a.id}`, `${b.group}\0${b.id}`);
}

function freeSlug(resource: Resource, taken: ReadonlyMap<string, Resource>): string {
  const { group, kind, namespace, name } = resource;
  const parts = [kind, namespace, name].filter((part) => part !== null);
  const own = ['resources', ...parts.map(slugPart).map(bounded)].join('/');
  const holder = taken.get(own);
  if (holder === undefined) return own;
  const isTwin = holder.group === group && holder.kind === kind;
  const base = isTwin || group === '' ? own : `${own}/${bounded(slugPart(group))}`;
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}/${number}`)) number++;
  return `${base}/${number}`;
}

/** A part that names a folder: longer ones than file systems take end in a digest. */
function bounded(part: string): string {
  return part.length <= longestPart ? part : `${part.slice(0, 180)}-${digestOf(part, 12)}`;
}

/** A file system takes 255 bytes, of which an ending and a number may need some. */
const longestPart = 240;

/** Lower case, with everything that a URL or a file name would have to escape made a hyphen. */
function slugPart(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9-]+/g, '-');
}

export interface ResourceIndex {
  of: 'kind' | 'namespace';
  /** Of the kind or namespace. */
  name: string;
  slug: string;
  resources: Resource[];
}
