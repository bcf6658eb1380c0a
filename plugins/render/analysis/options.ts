import {
  asText,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
} from '../../base/index.ts';

/**
 * Adds the `kustomize` block of an Application to a kustomization, in place, as Argo CD does before it
 * builds: with `kustomize edit`, so that a prefix or namespace replaces the one that is written there, an
 * image or replica count the entry of its name, and the rest is added. An image that is no text but an entry
 * is one of Flux's, which changes what it says of the entry of its name. Source: `util/kustomize` of Argo CD,
 * `kustomize edit`, `kustomize` of fluxcd/pkg.
 */
export function applyOptions(kustomization: JsonObject, options: JsonObject): void {
  for (const field of ['namePrefix', 'nameSuffix', 'namespace'])
    if (textAt(options, field)) kustomization[field] = options[field] ?? null;
  const images = listAt(options, 'images').flatMap((image) =>
    typeof image === 'string' ? [parseImage(image)] : [],
  );
  if (images.length > 0)
    kustomization.images = replaceByName(listAt(kustomization, 'images'), images.map(withKept));
  for (const image of listAt(options, 'images')) if (isObject(image)) mergeImage(kustomization, image);
  const replicas = listAt(options, 'replicas').flatMap((entry): JsonObject[] =>
    isObject(entry) ? [{ name: entry.name ?? '', count: Number(entry.count ?? 0) }] : [],
  );
  if (replicas.length > 0)
    kustomization.replicas = replaceByName(listAt(kustomization, 'replicas'), replicas);
  const labels = textsOf(options.commonLabels);
  if (Object.keys(labels).length > 0) addLabels(kustomization, labels, options);
  const annotations = textsOf(options.commonAnnotations);
  if (Object.keys(annotations).length > 0)
    kustomization.commonAnnotations = { ...objectAt(kustomization, 'commonAnnotations'), ...annotations };
  const patches = listAt(options, 'patches').filter((patch) => !isHidden(patch));
  if (patches.length > 0) kustomization.patches = [...listAt(kustomization, 'patches'), ...patches];
  const components = listAt(options, 'components').filter(
    (component) => !listAt(kustomization, 'components').includes(component),
  );
  if (components.length > 0)
    kustomization.components = [...listAt(kustomization, 'components'), ...components];

  function withKept(image: JsonObject): JsonObject {
    if (image.newName !== '*' && image.newTag !== '*') return image;
    const before = listAt(kustomization, 'images').find((one) => textAt(one, 'name') === image.name);
    const kept = isObject(before) ? before : {};
    return { ...kept, ...Object.fromEntries(Object.entries(image).filter(([, value]) => value !== '*')) };
  }
}

/** A tag and a digest both choose the version: one replaces the other. */
function mergeImage(kustomization: JsonObject, image: JsonObject): void {
  const entries = listAt(kustomization, 'images');
  const index = entries.findIndex((one) => textAt(one, 'name') === image.name);
  const before = entries[index];
  if (!isObject(before)) {
    kustomization.images = [...entries, image];
    return;
  }
  const { newTag, digest, ...rest } = before;
  const version =
    image.newTag || image.digest ? {} : { ...(newTag ? { newTag } : {}), ...(digest ? { digest } : {}) };
  kustomization.images = entries.with(index, { ...rest, ...version, ...image });
}

/** True for a patch of a Secret: its text was dropped when the Application was read. */
export function isHidden(patch: JsonValue): boolean {
  return isObject(patch) && patch.patch === '' && !textAt(patch, 'path');
}

/** Options that are known here, so that another one can be said to be left out. */
export const knownOptions: ReadonlySet<string> = new Set([
  'commonAnnotations',
  'commonAnnotationsEnvsubst',
  'commonLabels',
  'components',
  'forceCommonAnnotations',
  'forceCommonLabels',
  'ignoreMissingComponents',
  'images',
  'kubeVersion',
  'apiVersions',
  'labelIncludeTemplates',
  'labelWithoutSelector',
  'namePrefix',
  'nameSuffix',
  'namespace',
  'patches',
  'replicas',
  'version',
]);

/** Labels that touch no selector go into the first entry that is like theirs, where there is one. */
function addLabels(kustomization: JsonObject, labels: JsonObject, options: JsonObject): void {
  if (options.labelWithoutSelector !== true) {
    kustomization.commonLabels = { ...objectAt(kustomization, 'commonLabels'), ...labels };
    return;
  }
  const entries = listAt(kustomization, 'labels');
  const index = likeLabels(entries, options);
  const found = entries[index];
  if (isObject(found)) {
    const entry = { ...found, pairs: { ...objectAt(found, 'pairs'), ...labels } };
    kustomization.labels = entries.with(index, entry);
    return;
  }
  const entry: JsonObject = { pairs: labels };
  if (options.labelIncludeTemplates === true) entry.includeTemplates = true;
  kustomization.labels = [...entries, entry];
}

function likeLabels(entries: readonly JsonValue[], options: JsonObject): number {
  const templates = options.labelIncludeTemplates === true;
  return entries.findIndex(
    (entry) =>
      isObject(entry) && entry.includeSelectors !== true && (entry.includeTemplates === true) === templates,
  );
}

/**
 * Why `kustomize edit add` refuses the labels or annotations of an Application: one that the kustomization
 * has already is only overwritten by force. Null where it takes them.
 */
export function refusedMetadata(kustomization: JsonObject, options: JsonObject): string | null {
  const labels = Object.keys(textsOf(options.commonLabels));
  const isFree = options.labelWithoutSelector === true;
  if (labels.length > 0 && options.labelIncludeTemplates === true && !isFree)
    return '--without-selector flag must be specified for --include-templates to work';
  const entries = listAt(kustomization, 'labels');
  const holder = isFree
    ? objectAt(entries[likeLabels(entries, options)] ?? {}, 'pairs')
    : objectAt(kustomization, 'commonLabels');
  const label = labels.find((name) => Object.hasOwn(holder, name));
  if (label !== undefined && options.forceCommonLabels !== true)
    return `label ${label} already in kustomization file`;
  const own = objectAt(kustomization, 'commonAnnotations');
  const annotation = Object.keys(textsOf(options.commonAnnotations)).find((name) => Object.hasOwn(own, name));
  return annotation === undefined || options.forceCommonAnnotations === true
    ? null
    : `annotation ${annotation} already in kustomization file`;
}

/** `[name=]image[:tag][@digest]`; `*` keeps what the kustomization says. */
function parseImage(text: string): JsonObject {
  const equals = text.indexOf('=');
  const reference = text.slice(equals + 1);
  const [before = '', digest] = reference.split('@');
  const colon = before.indexOf(':', before.lastIndexOf('/') + 1);
  const image = colon < 0 ? before : before.slice(0, colon);
  const entry: JsonObject = { name: equals < 0 ? image : text.slice(0, equals) };
  if (equals >= 0) entry.newName = image;
  if (colon >= 0) entry.newTag = before.slice(colon + 1);
  if (digest !== undefined) entry.digest = digest;
  return entry;
}

function replaceByName(entries: readonly JsonValue[], added: readonly JsonObject[]): JsonValue[] {
  const names = new Set(added.map((entry) => entry.name));
  return [...entries.filter((entry) => !names.has(textAt(entry, 'name') ?? '')), ...added];
}

/** Labels and annotations are texts, whatever YAML made of them. */
function textsOf(value: JsonValue | undefined): JsonObject {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner ?? '')]))
    : {};
}
