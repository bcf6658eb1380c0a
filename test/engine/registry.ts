import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onPath } from '../../plugins/base/index.ts';
import { tree } from '../source/tree.ts';
import { type ChartServer, chartOf } from './chart-server.ts';

/**
 * A registry of OCI artifacts on this machine: Debian's `docker-registry` where that is installed, into which
 * the real Helm pushes, else the small one of `server`. `name` says which it is.
 */
export async function openRegistry(server: ChartServer, helm: string): Promise<Registry> {
  const program = onPath('docker-registry', '/nowhere');
  if (program === undefined)
    return {
      name: 'our own (no `docker-registry` is installed)',
      host: server.host,
      put: (name, version, files) => server.put(name, version, files, '/in/no/repository'),
      close: () => Promise.resolve(),
    };
  const folder = tree({ 'data/.keep': '' });
  const host = `127.0.0.1:${await freePort()}`;
  // JSON is YAML.
  const configuration = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: host },
  };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(configuration));
  const registry = spawn(program, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  const close = async () => {
    if (registry.exitCode === null && registry.kill('SIGKILL')) await once(registry, 'exit');
  };
  for (let tries = 0; !(await isUp(host)); tries += 1) {
    if (tries > 200 || registry.exitCode !== null) {
      await close();
      throw new Error(`\`docker-registry\` does not answer at ${host}`);
    }
    await sleep(50);
  }
  return {
    name: `docker-registry (${program})`,
    host,
    close,
    async put(name, version, files, path) {
      const packed = join(folder, `${name}-${version}.tgz`);
      writeFileSync(packed, await chartOf(name, version, files));
      const push = spawn(helm, ['push', packed, `oci://${host}/${path}`, '--plain-http'], {
        env: { HOME: folder },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      push.stderr.on('data', (part: Buffer) => {
        said += String(part);
      });
      const [code] = await once(push, 'close');
      if (code !== 0) throw new Error(`helm push ${name}: ${said}`);
    },
  };
}

async function isUp(host: string): Promise<boolean> {
  return fetch(`http://${host}/v2/`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface Registry {
  name: string;
  /** With its port. */
  host: string;
  /** @param path of the repository within the registry, without the name of the chart. */
  put(name: string, version: string, files: Record<string, string>, path: string): Promise<void>;
  close(): Promise<void>;
}
