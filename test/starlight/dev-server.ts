import { spawn } from 'node:child_process';
import { cleanEnvironment } from './environment.ts';
import { astroBin } from './site.ts';

/** `astro dev` of a site, until it is stopped. */
export function startDev(root: string): DevServer {
  let log = '';
  const server = spawn(process.execPath, [astroBin, 'dev', '--port', '0', '--host', '127.0.0.1'], {
    cwd: root,
    env: cleanEnvironment('development'),
  });
  const gone = new Promise<void>((done) => server.on('close', () => done()));
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  return {
    log: () => log,
    async origin() {
      // The start takes a minute where all cores are taken.
      for (let waited = 0; waited < 120_000; waited += 100) {
        const found = log.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
        if (found !== undefined) return found;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error(`no server came; it said:\n${log}`);
    },
    async stop() {
      server.kill();
      await gone;
    },
  };
}

export interface DevServer {
  /** All that it said. */
  log(): string;
  origin(): Promise<string>;
  stop(): Promise<void>;
}
