/**
 * Charts out of copies of public Git repositories, and these repositories themselves, served on this machine
 * in the place of the addresses that somebody asks: with a certificate of our own behind a proxy, so that the
 * real Helm and the real Git take them for the real ones. Charts are what a copy holds now, packed under the
 * version that was asked; what they depend on comes out of the same copies, or is left out.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { AskedChartAt } from '../../plugins/engine/fetch/asked-charts.ts';
import { type AskedTree, isArtifact } from '../../plugins/source/index.ts';
import { type CopiedChart, readCopies } from './copies.ts';
import { openGitStandIns } from './git-stand-ins.ts';

/**
 * @param folder with bare Git repositories, `OWNER+NAME/repo`.
 * @param helm packs the charts.
 */
export async function openStandIns(folder: string, helm: string): Promise<StandIns> {
  const copies = readCopies(folder);
  const top = mkdtempSync(join(tmpdir(), 'plumbline-stand-ins-'));
  const git = openGitStandIns(folder, top);
  const offers = new Map<string, Offer>();
  const hosts = new Set<string>(['github.com']);
  const tls = createTlsServer({}, answer);
  const proxy = createServer((request, response) => answer(request, response));
  proxy.on('connect', (_request, socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    tls.emit('connection', socket);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const authority = join(top, 'cert.pem');

  function answer(request: IncomingMessage, response: ServerResponse): void {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://any');
      if (git.answer(request.headers.host ?? '', pathname, request, response)) return;
      const { body, headers } = answerTo(request.headers.host ?? '', pathname);
      response.writeHead(body === undefined ? 404 : 200, headers);
      response.end(request.method === 'HEAD' ? undefined : body);
    } catch (error) {
      response.statusCode = 500;
      response.end(error instanceof Error ? error.message : String(error));
    }
  }

  function answerTo(host: string, pathname: string): StandInAnswer {
    const body = bodyOf(host, pathname);
    if (body === undefined) return { headers: {} };
    const isManifest = pathname.includes('/manifests/');
    return {
      body,
      headers: {
        'content-length': String(body.length),
        ...(pathname.startsWith('/v2/') && {
          'content-type': isManifest ? manifestType : 'application/octet-stream',
          'docker-content-digest': digest(body),
        }),
      },
    };
  }

  function bodyOf(host: string, pathname: string): Buffer | undefined {
    if (pathname === '/v2/') return Buffer.from('{}');
    const packed = /^\/stand-in\/(\w+)\.tgz$/.exec(pathname)?.[1];
    if (packed !== undefined) return pack([...offers.values()].find(({ key }) => key === packed));
    const own = [...offers.values()].filter((one) => one.host === host);
    if (pathname.endsWith('/index.yaml')) {
      const at = pathname.slice(0, -'/index.yaml'.length);
      return indexOf(own.filter(({ path }) => path === at));
    }
    const [, name, what, which = ''] = /^\/v2\/(.+)\/(manifests|blobs|tags)\/(.+)$/.exec(pathname) ?? [];
    const named = own.filter(({ path, chart }) => `${path}/${chart}` === `/${name}`);
    if (what === 'tags') return Buffer.from(JSON.stringify({ name, tags: named.map(tagOf) }));
    for (const one of named) {
      if (what === 'manifests' && which !== tagOf(one) && !which.startsWith('sha256:')) continue;
      const bytes = pack(one);
      if (bytes === undefined) continue;
      const found = [bytes, configOf(one), manifestOf(one, bytes)].find((body) =>
        what === 'manifests' && which === tagOf(one)
          ? body.equals(manifestOf(one, bytes))
          : digest(body) === which,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  function pack(offer: Offer | undefined): Buffer | undefined {
    if (offer === undefined) return undefined;
    if (offer.bytes === undefined) {
      const out = join(top, 'packed', offer.key);
      if (offer.copied.packed) offer.bytes = copies.read(offer.copied);
      else {
        const chart = join(top, 'unpacked', offer.key);
        mkdirSync(out, { recursive: true });
        unpack(offer.copied, chart, offer.host + offer.path, 0);
        const words = ['package', '--version', offer.version, '--destination', out, chart];
        execFileSync(helm, words, { stdio: ['ignore', 'ignore', 'pipe'] });
        offer.bytes = readFileSync(join(out, readdirSync(out)[0] ?? ''));
        rmSync(chart, { recursive: true, force: true });
      }
    }
    return offer.bytes;
  }

  /** The chart with what it depends on, as far as there are copies of that. */
  function unpack(copied: CopiedChart, target: string, address: string, depth: number): void {
    copies.extract(copied, target);
    for (const file of ['Chart.lock', 'requirements.lock']) rmSync(join(target, file), { force: true });
    for (const file of ['Chart.yaml', 'requirements.yaml']) {
      const value = readMapping(join(target, file));
      if (value === undefined || !Array.isArray(value.dependencies)) continue;
      const here = new Set(listed(join(target, 'charts')).map((name) => name.replace(/-v?\d.*\.tgz$/, '')));
      const kept = value.dependencies.filter((one: { name: string; repository?: string }) => {
        if (here.has(one.name)) return true;
        const from = one.repository?.startsWith('file://')
          ? copies.beside(copied, one.repository.slice('file://'.length))
          : copies.find(one.name, one.repository ?? address);
        if (from === undefined || from.packed || depth > 3) return false;
        unpack(from, join(target, 'charts', one.name), address, depth + 1);
        here.add(one.name);
        return true;
      });
      writeFileSync(join(target, file), stringify({ ...value, dependencies: kept }));
    }
  }

  return {
    environment: {
      ...{ HTTPS_PROXY: address, HTTP_PROXY: address, NO_PROXY: '' },
      ...{ SSL_CERT_FILE: authority, GIT_SSL_CAINFO: authority, ...git.environment },
    },
    answer(url) {
      const { host, pathname } = new URL(url);
      const body = git.file(url);
      return body === undefined ? answerTo(host, pathname) : { body, headers: {} };
    },
    offer(asked, trees = []) {
      git.offer(trees);
      const artifacts = trees.filter(isArtifact).map(({ repository, asked: tag }) => {
        const slash = repository.lastIndexOf('/');
        return { repository: repository.slice(0, slash), chart: repository.slice(slash + 1), asked: tag };
      });
      for (const { repository, chart, asked: version } of [...asked, ...artifacts]) {
        const { host, pathname } = new URL(repository.replace(/^oci:/, 'https:'));
        hosts.add(host.replace(/:\d+$/, ''));
        const path = pathname.replace(/\/$/, '');
        for (const own of versionsOf(version)) {
          const copied = copies.find(chart, repository, own);
          if (copied === undefined) continue;
          const exact = own ?? copied.version ?? '0.1.0';
          const key = createHash('sha256')
            .update(JSON.stringify([repository, chart, exact]))
            .digest('hex');
          const known = offers.get(key);
          offers.set(key, known ?? { key, host, path, chart, version: exact, copied });
        }
      }
      certify(top, [...hosts]);
      tls.setSecureContext({ key: readFileSync(join(top, 'key.pem')), cert: readFileSync(authority) });
    },
    close() {
      proxy.closeAllConnections();
      proxy.close();
      rmSync(top, { recursive: true, force: true });
    },
  };
}

/** A certificate that says it is all these hosts', and that is its own authority. */
function certify(folder: string, hosts: string[]): void {
  const names = ['localhost', ...hosts].map((host) => `DNS:${host}`).join(',');
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const about = ['-subj', '/CN=stand-ins', '-days', '2', '-addext', `subjectAltName=${names}`];
  execFileSync('openssl', [...words, ...files, ...about], { stdio: 'ignore' });
}

/** What may be the answer to a question: the version itself, or of a range its beginning; null for any. */
function versionsOf(asked: string | null): (string | null)[] {
  if (asked === null || asked === '' || asked === '*' || asked === 'latest') return [null];
  if (/^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/.test(asked)) return [asked];
  const [, major = '0', minor = '0', patch = '0'] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(asked) ?? [];
  return [`${major}.${minor}.${patch}`, null];
}

function indexOf(offers: Offer[]): Buffer {
  const entries: Record<string, unknown[]> = {};
  for (const { chart, version, key, host } of offers) {
    const urls = [`https://${host}/stand-in/${key}.tgz`];
    entries[chart] = [...(entries[chart] ?? []), { apiVersion: 'v2', name: chart, version, urls }];
  }
  return Buffer.from(JSON.stringify({ apiVersion: 'v1', entries }));
}

function tagOf({ version }: Offer): string {
  return version.replaceAll('+', '_');
}

function configOf({ chart, version }: Offer): Buffer {
  return Buffer.from(JSON.stringify({ apiVersion: 'v2', name: chart, version }));
}

function manifestOf(offer: Offer, bytes: Buffer): Buffer {
  const part = (mediaType: string, body: Buffer) => ({ mediaType, digest: digest(body), size: body.length });
  const config = part('application/vnd.cncf.helm.config.v1+json', configOf(offer));
  const layers = [part('application/vnd.cncf.helm.chart.content.v1.tar+gzip', bytes)];
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config, layers }));
}

function digest(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readMapping(path: string): { dependencies?: unknown } | undefined {
  try {
    const value: unknown = parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

interface Offer {
  key: string;
  host: string;
  /** Of the repository, without a slash at its end. */
  path: string;
  chart: string;
  version: string;
  copied: CopiedChart;
  bytes?: Buffer;
}

interface StandInAnswer {
  body?: Buffer;
  headers: Record<string, string>;
}

export interface StandIns {
  /** What leads Helm and Git here. */
  environment: Record<string, string>;
  /** Has these ready, as far as there are copies. */
  offer(asked: readonly AskedChartAt[], trees?: readonly AskedTree[]): void;
  /** What lies at an address, a file or of a registry; without a body where no copy has it. */
  answer(url: string): StandInAnswer;
  close(): void;
}
