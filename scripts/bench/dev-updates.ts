import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedApplication } from './generate-platform.ts';
import { median } from './measure.ts';
import { processorTime, treeMemory } from './process-tree.ts';
import { siteEnvironment } from './sites.ts';

/**
 * How long it takes under `astro dev` until an open page shows an edit of a manifest that it speaks of, and
 * an edit of its own text; in turn, so that what else the machine does meets both. The page is open as in a
 * browser: it is asked for again when the server says so, and not before. Before each edit the server rests:
 * it goes on with what nobody waits for after it has shown one (the other pages, after a manifest's), and
 * would be slower at whichever edit came then, which told the two apart by their order. The first edit of a
 * manifest is told apart, as it also finds what is parsed when it is first needed.
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
    const shows = async (pattern: RegExp) => {
      const page = await fetch(`${origin}/${slug}/`, { headers: { accept: 'text/html' } });
      return pattern.test(await page.text());
    };
    const edit = (file: string, change: (text: string) => string) => {
      const path = join(root, file);
      writeFileSync(path, change(readFileSync(path, 'utf8')));
    };
    let reloads = 0;
    const seen = async (pattern: RegExp) => {
      const start = performance.now();
      let asked = reloads;
      await until(
        async () => {
          if (asked === reloads) return false;
          asked = reloads;
          return shows(pattern);
        },
        120,
        () => log,
      );
      return { seconds: (performance.now() - start) / 1000 };
    };
    // The page fills the number in, so that no edit of the manifest is a fault.
    edit(page, (text) => text.replace(`:fact[${replicas}]`, ':fact[]'));
    await until(
      () => shows(new RegExp(`>${replicas}<`)),
      120,
      () => log,
    );
    const socket = new WebSocket(origin.replace(/^http/, 'ws'), 'vite-hmr');
    socket.addEventListener('message', ({ data }) => {
      if (String(data).includes('full-reload')) reloads += 1;
    });
    await new Promise((done) => socket.addEventListener('open', done));
    // As our script in a browser does.
    const open = { type: 'custom', event: 'plumbline:open', data: { address: `/${slug}/` } };
    socket.send(JSON.stringify(open));
    await new Promise((done) => setTimeout(done, untilFirst));
    const times: Record<'manifest' | 'page', { seconds: number }[]> = { manifest: [], page: [] };
    const rested = () => quiet(server.pid ?? 0);
    for (let round = 0; round <= Math.max(rounds, leastRounds); round++) {
      const [number, word] = [100 + round, `Sentence-${round}`];
      await rested();
      edit(manifest, (text) => text.replace(/replicas: \d+/, `replicas: ${number}`));
      times.manifest.push(await seen(new RegExp(`>${number}<`)));
      await rested();
      edit(page, (text) => `${text}\n${word} of ${name}.\n`);
      times.page.push(await seen(new RegExp(word)));
    }
    socket.close();
    const memory = server.pid === undefined ? 0 : treeMemory(server.pid);
    const [first = { seconds: 0 }, ...steady] = times.manifest;
    return { first, manifest: { ...median(steady), memory }, page: median(times.page) };
  } finally {
    server.kill();
    await gone;
  }
}

/** Waits until a server has nothing to do; where the system does not tell, as long as it mostly takes. */
async function quiet(process: number): Promise<void> {
  const end = performance.now() + longestRest;
  // Its watcher hears of an edit after a moment only.
  for (let before = Number.NaN; performance.now() < end; ) {
    await new Promise((done) => setTimeout(done, still));
    const now = processorTime(process);
    if (now === undefined) return void (await new Promise((done) => setTimeout(done, still * 4)));
    if (now - before <= nextToNone) return;
    before = now;
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
const pause = 10;
/** Edits of a manifest after the first: the median of a few is one while all is still being compiled. */
const leastRounds = 9;
/** Milliseconds in which somebody finds what to edit. */
const untilFirst = 5000;
/** Milliseconds in which a server that has nothing to do takes next to none of the processor. */
const still = 300;
const nextToNone = 10;
/** Milliseconds after which it is not waited for any longer. */
const longestRest = 30_000;

interface DevUpdates {
  /** The first edit of a manifest; `manifest`: those that follow. */
  first: { seconds: number };
  manifest: { seconds: number; memory: number };
  page: { seconds: number };
}
