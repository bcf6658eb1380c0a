import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/**
 * Serves a built site from a folder, as hosts do: what Astro names by its content is kept by the browser,
 * which so reads it once for all pages.
 */
export async function serve(folder: string): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const file = [join(folder, path), join(folder, path, 'index.html')].find(
      (one) => existsSync(one) && statSync(one).isFile(),
    );
    // As hosts do: for an address that there is not, the page that says so.
    const shown = file ?? [join(folder, '404.html')].find((one) => existsSync(one));
    response.writeHead(file ? 200 : 404, {
      'content-type': types[extname(shown ?? '')] ?? 'application/octet-stream',
      'cache-control': path.includes('/_astro/') ? 'max-age=31536000, immutable' : 'no-cache',
    });
    if (shown) createReadStream(shown).pipe(response);
    else response.end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
