import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { runs } from '../fuzz.ts';
import { fileInTurns } from '../turns.ts';
import { edits } from './dev-edits.ts';
import { startDev } from './dev-server.ts';
import { copySite, type Site } from './site.ts';

const { describe, test } = fileInTurns(1, 6);

/** Files that are written together, or a branch that is checked out; then a page is asked for, and time. */
const step = fc.record({
  written: fc.array(fc.tuple(fc.constantFrom(...edits.keys()), fc.nat({ max: 5 })), { maxLength: 2 }),
  branch: fc.option(fc.nat(), { freq: 8 }),
  asked: fc.constantFrom(null, '', 'guide/waves', 'guide/parts', 'resources', 'resources/namespace/store'),
  pause: fc.constantFrom(0, 5, 60, 300, 900),
});

describe('astro dev', { timeout: 300_000 }, () => {
  test('shows after any edits what a fresh server shows of the same files', async () => {
    const store = copySite('site-store');
    const fresh = copySite('site-store');
    const git = gitOf(store);
    const server = startDev(store.root);
    try {
      const origin = await server.origin();
      await pagesOf(origin, store);
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
          for (const { written, branch, asked, pause } of steps) {
            if (branch !== null) git.switch(branch);
            for (const [file, number] of written) put(store, file, number);
            if (asked !== null) void shown(`${origin}/store/${asked}`, store).catch(() => {});
            await new Promise((done) => setTimeout(done, pause));
          }
          copyFiles(store, fresh);
          const expected = await freshPages(fresh);
          await expect
            .poll(async () => [...(await differing(expected, origin, store)).keys()], {
              timeout: 30_000,
              interval: 500,
            })
            .toEqual([]);
        }),
        { numRuns: runs(1), endOnFailure: true },
      );
    } finally {
      await server.stop();
      store.remove();
      fresh.remove();
    }
  });
});

/** A repository of its own: each state that is left is one to come back to. */
function gitOf({ root, write }: Site): { switch(number: number): void } {
  const run = (...rest: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...rest], { cwd: root });
  write('.gitignore', 'node_modules\n.astro\n');
  for (const file of edits.keys()) put({ root, write }, file, 0);
  run('init', '--quiet');
  const commit = () => {
    run('add', '--all');
    run('commit', '--quiet', '--allow-empty', '--no-verify', '--message', 'A state');
    commits.push(String(run('rev-parse', 'HEAD')).trim());
  };
  const commits: string[] = [];
  commit();
  return {
    switch(number) {
      commit();
      run('checkout', '--quiet', commits[number % commits.length] ?? '');
    },
  };
}

function put({ root, write }: Pick<Site, 'root' | 'write'>, file: string, number: number): void {
  const texts = edits.get(file) ?? [];
  const text = texts[number % texts.length] ?? null;
  mkdirSync(dirname(join(root, file)), { recursive: true });
  if (text === null) rmSync(join(root, file), { force: true });
  else write(file, text);
}

/** All but what the servers themselves keep. */
function copyFiles(from: Site, to: Site): void {
  const own = ['node_modules', '.astro'];
  for (const name of readdirSync(to.root))
    if (name !== 'node_modules') rmSync(join(to.root, name), { recursive: true });
  for (const name of readdirSync(from.root))
    if (!own.includes(name))
      cpSync(join(from.root, name), join(to.root, name), { recursive: true, verbatimSymlinks: true });
}

async function freshPages(site: Site): Promise<Map<string, string>> {
  rmSync(join(site.root, 'node_modules'), { recursive: true });
  mkdirSync(join(site.root, 'node_modules'));
  const server = startDev(site.root);
  try {
    return await pagesOf(await server.origin(), site);
  } finally {
    await server.stop();
  }
}

/** Every page that others lead to, by its path. */
async function pagesOf(origin: string, site: Site): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const found = new Set(['/store/']);
  for (const path of found) {
    const html = await shown(origin + path, site);
    pages.set(path, html);
    for (const [, href = ''] of html.matchAll(/href="(\/store\/(?:[^"#?.]*\/)?)["#?]/g))
      if (!href.includes('/_')) found.add(href);
  }
  return pages;
}

async function differing(
  expected: Map<string, string>,
  origin: string,
  site: Site,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [path, html] of expected) {
    const now = await shown(origin + path, site);
    if (now !== html) found.set(path, now);
  }
  return found;
}

/** A page without what differs from one server to the next: its scripts, where it lies and listens. */
async function shown(address: string, { root }: Site): Promise<string> {
  const response = await fetch(address, { redirect: 'manual' });
  const html = await response.text();
  const body = /<title>[\s\S]*?<\/title>|<body[\s\S]*<\/body>/g;
  const seen = (html.match(body) ?? [html]).join('').replaceAll(/<script[\s\S]*?<\/script>/g, '');
  return `${response.status} ${seen}`
    .replaceAll(encodeURIComponent(root), 'ROOT')
    .replaceAll(root, 'ROOT')
    .replaceAll(new URL(address).origin, 'ORIGIN');
}
