/**
 * Serves the built site and prints its address: the last step of `npm start`. PORT and HOST are honoured; a
 * taken port gives the next free one.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { preview } from 'astro';

const root = join(import.meta.dirname, '..');
const port = Number(process.env.PORT ?? 4321);
const host = process.env.HOST;

if (!Number.isInteger(port) || port < 0 || port > 65535)
  stop(`PORT is ${process.env.PORT}, which is not a port`, 'PORT=8080 npm start');
if (!existsSync(join(root, 'dist', 'index.html'))) stop('there is no built site in dist/', 'npm run build');

const server = await preview({
  root,
  logLevel: 'warn',
  server: { port, ...(host === undefined ? {} : { host }) },
});

const address = `http://${host === undefined || host === '0.0.0.0' ? 'localhost' : host}:${server.port}/`;
process.stdout.write(`\n  The site is at ${address}\n`);
if (port !== 0 && server.port !== port)
  process.stdout.write(`  (port ${port} was taken; PORT=… chooses another)\n`);
process.stdout.write('  Ctrl-C ends it.\n\n');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.stop().finally(() => process.exit(0));
  });
}
await server.closed();

function stop(what: string, help: string): never {
  process.stderr.write(`error: ${what}\n  help: ${help}\n`);
  process.exit(1);
}
