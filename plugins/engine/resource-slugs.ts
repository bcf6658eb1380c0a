import { compareText, digestOf, oncePer, whileAlike } from '../base/index.ts';
import { haveSameName, isMadeSecret, type Model, type Resource } from '../model/index.ts';
import type { Place } from '../source/index.ts';

/**
 * Slug of each resource's page, by its id: `resources/<kind>/<namespace>/<name>`, the namespace left out
 * where there is none. Of resources that would share a slug all but the first have theirs below it: by their
 * group where that is another, a repetition by its number. So all of a kind lie below `resources/<kind>`.
 */
export function resourceSlugs({ resources }: Model): ReadonlyMap<string, string> {
  return slugsOf(resources).slugs;
}

/** Addresses of resources that are not plain, as another has that: they come and go with the other. */
export function crowdedSlugs({ resources }: Model): readonly string[] {
  return slugsOf(resources).crowded;
}

/** Most edits leave the names of resources as they were. */
const slugsOf = whileAlike(haveSameName, (resources: readonly Resource[]): Slugs => {
  const slugs = new Map<string, string>();
  const crowded: string[] = [];
  const taken = new Map<string, Resource>();
  for (const resource of [...resources].sort(byGroupAndId)) {
    const plain = plainSlug(resource);
    const slug = freeSlug(plain, resource, taken);
    taken.set(slug, resource);
    slugs.set(resource.id, slug);
    if (slug !== plain) crowded.push(`${resource.id} ${slug}`);
  }
  return { slugs, crowded };
});

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

function plainSlug({ kind, namespace, name }: Resource): string {
  const parts = [kind, namespace, name].filter((part) => part !== null);
  return ['resources', ...parts.map(slugPart).map(bounded)].join('/');
}

function freeSlug(plain: string, { group, kind }: Resource, taken: ReadonlyMap<string, Resource>): string {
  const holder = taken.get(plain);
  if (holder === undefined) return plain;
  const isTwin = holder.group === group && holder.kind === kind;
  const base = isTwin || group === '' ? plain : `${plain}/${bounded(slugPart(group))}`;
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

interface Slugs {
  /** By the ids of resources. */
  slugs: ReadonlyMap<string, string>;
  crowded: readonly string[];
}
