/**
 * An OCI artifact → the files in it. Source: `extract`, `resolveRevision` of Argo CD's `util/oci`, and the
 * OCIRepository of Flux's source-controller.
 */
import { at, digestOf, isObject, type JsonObject, type JsonValue, listAt, textAt } from '../../base/index.ts';
import {
  largestPacked,
  largestTree,
  mostFiles,
  type TreeFiles,
  unpackArchive,
  unpackChart,
} from '../../source/index.ts';
import { openRegistry, RegistryError, type RegistryOptions } from './ask-registry.ts';
import { withoutCredentials } from './fetch-words.ts';
import type { Clone } from './git-clone.ts';
import { newestTag } from './resolve-revision.ts';

/**
 * Asks a registry for one artifact: what a tag, a range of tags or a digest means, and the files of its one
 * layer of content; of a chart those below its folder. All that comes is held to the digest that names it.
 * @param address as `artifactAddress` gives it.
 */
export function openArtifact(address: string, options: RegistryOptions): Artifact {
  const [, host = '', name = ''] = /^oci:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
  const registry = openRegistry(host, name, options);

  async function manifestOf(reference: string, signal: AbortSignal): Promise<Buffer> {
    const { bytes } = await registry.get(`manifests/${reference}`, {
      accept: [imageType, indexType, ...dockerTypes].join(', '),
      most: largestManifest,
      signal,
    });
    if (reference.startsWith('sha256:') && `sha256:${digestOf(bytes)}` !== reference)
      throw wrongDigest('manifest');
    return bytes;
  }

  async function resolve(asked: string | null, signal: AbortSignal): Promise<string> {
    const wanted = asked ?? '';
    if (/^sha256:[0-9a-f]{64}$/.test(wanted)) return wanted.slice('sha256:'.length);
    if (wanted.includes(':'))
      throw new Error(`\`${wanted.slice(0, 100)}\` is no digest: sha256 and 64 digits`);
    // Tags hold no plus; by convention it is written as an underscore.
    const tag = wanted.replaceAll('+', '_');
    try {
      if (isTag.test(tag)) return digestOf(await manifestOf(tag, signal));
    } catch (error) {
      if (!(error instanceof RegistryError) || error.status !== 404) throw error;
    }
    const found = newestTag(wanted, await listTags(signal));
    if (found === undefined)
      throw new Error(`it has no tag \`${wanted.slice(0, 200)}\`, nor one in that range`);
    return digestOf(await manifestOf(found.replaceAll('+', '_'), signal));
  }

  async function listTags(signal: AbortSignal): Promise<string[]> {
    const tags: string[] = [];
    let path = 'tags/list?n=1000';
    for (let page = 0; page < mostPages; page += 1) {
      const { bytes, headers } = await registry.get(path, { most: largestManifest, signal });
      const listed = listAt(JSON.parse(bytes.toString('utf8')), 'tags');
      tags.push(...listed.flatMap((tag) => (typeof tag === 'string' ? tag.replaceAll('_', '+') : [])));
      const [, last] = /[?&]last=([^&>]+)[^>]*>;\s*rel="?next/.exec(headers.get('link') ?? '') ?? [];
      if (last === undefined) break;
      path = `tags/list?n=1000&last=${last}`;
    }
    return tags;
  }

  async function take(digest: string, asked: string | undefined, signal: AbortSignal): Promise<TreeFiles> {
    const manifest: JsonValue = JSON.parse((await manifestOf(`sha256:${digest}`, signal)).toString('utf8'));
    const { layer, isChart } = asked === undefined ? contentOf(manifest) : layerOf(manifest, asked);
    const bytes = await contentAt(layer, signal);
    if (asked !== undefined) {
      if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
        throw new Error('its layer is not gzipped, and Flux unpacks no other');
      return checked(await unpackArchive(bytes, { withLinks: false }));
    }
    return checked(isChart ? await unpackChart(bytes) : await unpackArchive(bytes));
  }

  async function contentAt(digest: string, signal: AbortSignal): Promise<Buffer> {
    const { bytes } = await registry.get(`blobs/${digest}`, { most: largestPacked, signal });
    if (`sha256:${digestOf(bytes)}` !== digest) throw wrongDigest('content');
    return bytes;
  }

  /** However it ends, without anybody's credentials. */
  async function within<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    try {
      return await work(AbortSignal.timeout(options.limit));
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError')
        throw new Error(`it did not answer within ${options.limit / 1000} seconds`);
      const { cause, message } =
        error instanceof Error ? error : { cause: undefined, message: String(error) };
      throw new Error(withoutCredentials(cause instanceof Error ? cause.message : message));
    }
  }

  return {
    resolve: (asked) => within((signal) => resolve(asked, signal)),
    take: (digest, _, layer) => within((signal) => take(digest, layer, signal)),
    content: (sha256) => within((signal) => contentAt(`sha256:${sha256}`, signal)),
  };
}

/** The layer that holds the content: one, of a type that Argo CD takes unless it is told otherwise. */
function contentOf(manifest: JsonValue): { layer: string; isChart: boolean } {
  if (listAt(manifest, 'manifests').length > 0)
    throw new Error('it is an index of several artifacts, of which Argo CD takes none');
  const layers = listAt(manifest, 'layers').filter(isObject);
  if (layers.length > mostLayers) throw new Error(`it has more than ${mostLayers} layers`);
  const isChart = textAt(at(manifest, 'config'), 'mediaType') === chartConfig;
  const content = layers.filter((layer) => {
    const type = textAt(layer, 'mediaType') ?? '';
    return isChart ? type === chartLayer : /tar([+.]gzip)?$/.test(type);
  });
  const [only] = content;
  if (only === undefined || content.length > 1)
    throw new Error(`it has ${content.length} layers of content, and Argo CD takes one that has one`);
  const type = textAt(only, 'mediaType') ?? '';
  if (!layerTypes.has(type))
    throw new Error(
      `its layer is \`${type.slice(0, 200)}\`, which Argo CD does not take unless it is told to`,
    );
  return { layer: digestIn(only), isChart: type === chartLayer };
}

/** The layer that Flux unpacks: the first, or the first of the type that is selected. */
function layerOf(manifest: JsonValue, asked: string): { layer: string; isChart: boolean } {
  if (listAt(manifest, 'manifests').length > 0)
    throw new Error('it is an index of several artifacts, of which Flux takes none');
  const layers = listAt(manifest, 'layers').filter(isObject);
  const found = asked === 'first' ? layers[0] : layers.find((one) => textAt(one, 'mediaType') === asked);
  if (found === undefined)
    throw new Error(asked === 'first' ? 'it has no layer' : `it has no layer of the type \`${asked}\``);
  return { layer: digestIn(found), isChart: false };
}

function digestIn(layer: JsonObject): string {
  const digest = textAt(layer, 'digest') ?? '';
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new Error('its layer is named by no digest of SHA-256');
  return digest;
}

/** What can be kept as files in a folder, and is no more than that may be. */
function checked(files: ReadonlyMap<string, Uint8Array>): TreeFiles {
  if (files.size === 0) throw new Error('it holds no files');
  if (files.size > mostFiles) throw new Error(`it holds more than ${mostFiles} files`);
  let total = 0;
  for (const [path, { byteLength }] of files) {
    total += byteLength;
    if (total > largestTree) throw new Error(`it unpacks to more than ${largestTree / 2 ** 20} MiB`);
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
      if (files.has(path.slice(0, slash)))
        throw new Error(`\`${path.slice(0, slash)}\` in it is a file and a folder`);
  }
  return files;
}

const wrongDigest = (what: string): Error => new Error(`its ${what} is not what its digest says`);

const chartConfig = 'application/vnd.cncf.helm.config.v1+json';
const chartLayer = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
/** Of the repo-server's `--oci-layer-media-types`. */
const layerTypes = new Set([
  'application/vnd.oci.image.layer.v1.tar',
  'application/vnd.oci.image.layer.v1.tar+gzip',
  chartLayer,
]);
const imageType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const dockerTypes = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const isTag = /^\w[\w.-]{0,127}$/;
const largestManifest = 4 * 2 ** 20;
const mostLayers = 10;
const mostPages = 20;

export interface Artifact extends Omit<Clone, 'dispose'> {
  /**
   * One layer by its SHA-256, whatever tags mean now.
   * @throws why the registry does not give it.
   */
  content(sha256: string): Promise<Buffer>;
}
