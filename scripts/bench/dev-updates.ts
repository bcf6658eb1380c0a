import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedApplication } from './generate-platform.ts';
import { median } from './measure.ts';
import { treeMemory } from './process-tree.ts';
import { siteEnvironment } from './sites.ts';

/**
 * How long it takes under `astro dev` until a page shows an edit of a manifest that it speaks of, and an edit
 * of its own text; in turn, so that what else the machine does meets both.
 * @param application one of the site's, whose page says its replicas.
 */
export async function devUpdates(
  project: string,
  root: string,
  { page, manifest, replicas, name }: GeneratedApplication,
  rounds: number,
): Promise<DevUpdates> {
  const server = spawn(
    process.execPath,
    [join(project, 'node_modules/astro/bin/astro.mjs'), 'dev', '--port', '0', '--host', '127.0.0.1'],
    { cwd: root, env: { ...process.env, ...siteEnvironment(root), ASTRO_TELEMETRY_DISABLED: '1' } },
  );
  let log = '';
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  const gone = new Promise((done) => server.on('close', done));
  try {
    const origin = await until(
      () => /http:\/\/127\.0\.0\.1:\d+/.exec(log)?.[0],
      600,
      () => log,
    );
    const slug = page.replace(/^docs\//, '').replace(/\.md$/, '');
    const shows = async (pattern: RegExp) => pattern.test(await (await fetch(`${origin}/${slug}/`)).text());
    const edit = (file: string, change: (text: string) => string) => {
      const path = join(root, file);
      writeFileSync(path, change(readFileSync(path, 'utf8')));
    };
    const seen = async (pattern: RegExp) => {
      const start = performance.now();
      await until(
        () => shows(pattern),
        120,
        () => log,
      );
      return { seconds: (performance.now() - start) / 1000 };
    };
    // The page fills the number in, so that no edit of the manifest is a fault.
    edit(page, (text) => text.replace(`:fact[${replicas}]`, ':fact[]'));
    await seen(new RegExp(`>${replicas}<`));
    const times: Record<'manifest' | 'page', { seconds: number }[]> = { manifest: [], page: [] };
    for (let round = 0; round < rounds; round++) {
      const [number, word] = [100 + round, `Sentence-${round}`];
      edit(manifest, (text) => text.replace(/replicas: \d+/, `replicas: ${number}`));
      times.manifest.push(await seen(new RegExp(`>${number}<`)));
      edit(page, (text) => `${text}\n${word} of ${name}.\n`);
      times.page.push(await seen(new RegExp(word)));
    }
    const memory = server.pid === undefined ? 0 : treeMemory(server.pid);
    return { manifest: { ...median(times.manifest), memory }, page: median(times.page) };
  } finally {
    server.kill();
    await gone;
  }
}

async function until<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  seconds: number,
  told: () => string,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const answer = await Promise.resolve(ask()).catch(() => undefined);
    if (answer) return answer;
    await new Promise((done) => setTimeout(done, pause));
  }
  throw new Error(`nothing came within ${seconds} s; the server said:\n${told()}`);
}

/** Milliseconds between two looks at the page. */
const pause = 50;

interface DevUpdates {
  manifest: { seconds: number; memory: number };
  page: { seconds: number };
}
