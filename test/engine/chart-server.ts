import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';

/** A chart as `helm package` makes it, the same bytes each time. */
export async function chartOf(name: string, version: string, files: Record<string, string>): Promise<Buffer> {
  const all = { 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\n`, ...files };
  const entries = Object.entries(all).map(([path, body]) => ({
    header: { name: `${name}/${path}`, size: Buffer.byteLength(body), mtime: new Date(0) },
    body,
  }));
  return gzipSync(Buffer.from(await packTar(entries)));
}

/** A layer of an artifact: plain files, and links by what they lead to (`→ a/b`). */
export async function layerOf(files: Record<string, string>): Promise<Buffer> {
  const entries = Object.entries(files).map(([path, body]) => {
    const header = { name: path, mtime: new Date(0) };
    return body.startsWith('→ ')
      ? { header: { ...header, size: 0, type: 'symlink' as const, linkname: body.slice(2) } }
      : { header: { ...header, size: Buffer.byteLength(body) }, body };
  });
  return gzipSync(Buffer.from(await packTar(entries)));
}

/**
 * On this machine a repository of charts (`index.yaml`, below any path one of what is put there), and at the
 * same address a registry of OCI artifacts (`/v2/`), both of the charts that are put into it.
 */
export async function openChartServer(): Promise<ChartServer> {
  const charts = new Map<string, ServedChart>();
  const artifacts = new Map<string, Map<string, Buffer>>();
  const asked: string[] = [];
  const answers: ChartServer['answers'] = new Map();
  const server = createServer((request, response) => {
    const url = (request.url ?? '').split('?')[0] ?? '';
    asked.push(url);
    const own = answers.get(url);
    if (own) return own(request, response);
    answer(url, request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  function answer(url: string, request: IncomingMessage, response: ServerResponse): void {
    const [, at] = /^(.*)\/index\.yaml$/.exec(url) ?? [];
    if (at !== undefined)
      return void response.end(
        indexOf(
          [...charts.values()].filter((one) => one.at === at),
          `http://${host}`,
        ),
      );
    const packed = /^\/charts\/(.+)\.tgz$/.exec(url)?.[1];
    const found = packed === undefined ? undefined : charts.get(packed);
    if (found) return void response.end(found.bytes);
    const [, name = '', what = '', which = ''] = /^\/v2\/(.+)\/(manifests|blobs|tags)\/(.+)$/.exec(url) ?? [];
    if (url === '/v2/') return void response.end('{}');
    const artifact = artifacts.get(name)?.get(which);
    if (artifact !== undefined) {
      response.setHeader('content-type', what === 'manifests' ? manifestType : 'application/octet-stream');
      return void response.end(artifact);
    }
    if (artifacts.has(name) && what === 'tags') {
      const tags = [...(artifacts.get(name)?.keys() ?? [])].filter((tag) => !tag.includes(':'));
      return void response.end(JSON.stringify({ name, tags }));
    }
    const own = [...charts.values()].filter((one) => name.endsWith(`/${one.name}`) || name === one.name);
    if (what === 'tags')
      return void response.end(JSON.stringify({ name, tags: own.map(({ version }) => version) }));
    for (const one of own) {
      const manifest = manifestOf(one);
      const blobs = {
        [digest(manifest)]: manifest,
        [digest(one.bytes)]: one.bytes,
        [digest(config(one))]: config(one),
      };
      const isManifest = what === 'manifests' && (which === one.version || which === digest(manifest));
      const body = isManifest ? manifest : blobs[which];
      if (body === undefined) continue;
      response.setHeader('content-type', what === 'manifests' ? manifestType : 'application/octet-stream');
      response.setHeader('docker-content-digest', digest(body));
      response.setHeader('content-length', body.length);
      return void response.end(request.method === 'HEAD' ? undefined : body);
    }
    response.statusCode = 404;
    response.end('{"errors":[{"code":"NOT_FOUND"}]}');
  }

  return {
    ...{ host, url: `http://${host}`, asked, answers },
    async put(name, version, files, at = '') {
      charts.set(`${name}-${version}`, { name, version, at, bytes: await chartOf(name, version, files) });
    },
    putArtifact(
      name,
      tag,
      layers,
      { type = layerType, config = 'application/vnd.unknown.config.v1+json' } = {},
    ) {
      const empty = Buffer.from('{}');
      const part = (mediaType: string, bytes: Buffer) => ({
        ...{ mediaType, digest: digest(bytes), size: bytes.length },
      });
      const manifest = Buffer.from(
        JSON.stringify({
          ...{ schemaVersion: 2, mediaType: manifestType, config: part(config, empty) },
          layers: layers.map((layer) => part(type, layer)),
        }),
      );
      const known = artifacts.get(name) ?? new Map<string, Buffer>();
      for (const bytes of [manifest, empty, ...layers]) known.set(digest(bytes), bytes);
      artifacts.set(name, known.set(tag, manifest));
      return digest(manifest);
    },
    digestOf(name, version) {
      const found = charts.get(`${name}-${version}`);
      return found === undefined ? '' : digest(manifestOf(found));
    },
    putBytes: (name, version, bytes) =>
      void charts.set(`${name}-${version}`, { name, version, at: '', bytes }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function indexOf(charts: Iterable<{ name: string; version: string; bytes: Buffer }>, url: string): string {
  const entries: Record<string, unknown[]> = {};
  for (const { name, version, bytes } of charts) {
    const entry = {
      ...{ apiVersion: 'v2', name, version, digest: digest(bytes).slice(7) },
      urls: [`${url}/charts/${name}-${version}.tgz`],
    };
    entries[name] = [...(entries[name] ?? []), entry];
  }
  return JSON.stringify({ apiVersion: 'v1', entries });
}

function config({ name, version }: { name: string; version: string }): Buffer {
  return Buffer.from(JSON.stringify({ apiVersion: 'v2', name, version }));
}

function manifestOf(chart: { name: string; version: string; bytes: Buffer }): Buffer {
  const part = (mediaType: string, bytes: Buffer) => ({
    mediaType,
    digest: digest(bytes),
    size: bytes.length,
  });
  return Buffer.from(
    JSON.stringify({
      ...{ schemaVersion: 2, mediaType: manifestType },
      config: part('application/vnd.cncf.helm.config.v1+json', config(chart)),
      layers: [part('application/vnd.cncf.helm.chart.content.v1.tar+gzip', chart.bytes)],
    }),
  );
}

function digest(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

const layerType = 'application/vnd.oci.image.layer.v1.tar+gzip';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

interface ServedChart {
  name: string;
  version: string;
  /** Path of the repository that has it. */
  at: string;
  bytes: Buffer;
}

export interface ChartServer {
  /** With its port. */
  host: string;
  url: string;
  /** Paths that were asked for. */
  asked: string[];
  /** Answers of their own, by path. */
  answers: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  /** @param at the path of the repository; of the registry they all are. */
  put(name: string, version: string, files: Record<string, string>, at?: string): Promise<void>;
  /** Of any kind, by the layers that it has. @returns the digest of its manifest. */
  putArtifact(
    name: string,
    tag: string,
    layers: readonly Buffer[],
    types?: { type?: string; config?: string },
  ): string;
  /** Of the manifest that the registry has of a chart. */
  digestOf(name: string, version: string): string;
  putBytes(name: string, version: string, bytes: Buffer): void;
  close(): void;
}
