/**
 * The browser that the tests and the screenshots drive: found, or installed and said so.
 * `node scripts/browser.ts` prints its path.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';

/**
 * Path of a Chromium that starts, or null. `PLUMBLINE_CHROMIUM` comes first and, where it is set, alone; then
 * headless shells, which lay out and run a page as Chromium does and, without windows and their toolbars,
 * take half as long.
 */
export function findBrowser(): string | null {
  const named = process.env.PLUMBLINE_CHROMIUM;
  if (named !== undefined && named !== '') return starts(named) ? named : null;
  const candidates = [
    ...shellOfPlaywright(),
    '/usr/bin/chromium-headless-shell',
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium-browser',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return candidates.find(starts) ?? null;
}

/**
 * `findBrowser`, after an installation where there was none: Debian's package where this is Debian and we
 * may, Playwright's own download elsewhere, each the other's fallback. Throws with advice where neither
 * works.
 */
export function ensureBrowser(say: (text: string) => void): string {
  const found = findBrowser();
  if (found !== null) return found;
  if (process.env.PLUMBLINE_CHROMIUM) {
    throw new Error(`PLUMBLINE_CHROMIUM is ${process.env.PLUMBLINE_CHROMIUM}, which does not start`);
  }
  const ways = isDebian() && isRoot() ? [fromDebian, fromPlaywright] : [fromPlaywright, fromDebian];
  for (const install of ways) {
    if (!install(say)) continue;
    const installed = findBrowser();
    if (installed !== null) return installed;
  }
  throw new Error(
    'no Chromium was found and none could be installed: install one (Debian: `apt-get install chromium-headless-shell`; elsewhere: `npx playwright install --with-deps --only-shell chromium`) or set PLUMBLINE_CHROMIUM to its path',
  );
}

/** Playwright says where its Chromium is or would be; the shell of the same version lies beside it. */
function shellOfPlaywright(): string[] {
  const [, browsers, version] = /^(.*)[/\\]chromium-(\d+)[/\\]/.exec(chromium.executablePath()) ?? [];
  if (browsers === undefined) return [];
  return globSync(`chromium_headless_shell-${version}/*/{chrome-headless-shell,headless_shell}`, {
    cwd: browsers,
  }).map((path) => join(browsers, path));
}

/** A file that merely exists is not enough: Ubuntu's `chromium-browser` is a stub that asks for a snap. */
function starts(path: string): boolean {
  return spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}

function fromDebian(say: (text: string) => void): boolean {
  if (!isDebian() || !isRoot()) return false;
  say("no browser here: installing Debian's package `chromium-headless-shell` (about 30 seconds)");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => run('apt-get', ['-qq', ...args], env);
  const install = (name: string) => apt('install', '-y', '--no-install-recommends', name);
  // Releases before Debian 12 have no package of the shell.
  return apt('update') && (install('chromium-headless-shell') || install('chromium'));
}

function fromPlaywright(say: (text: string) => void): boolean {
  say("no browser here: installing Playwright's headless Chromium (about 110 MB)");
  const cli = join(import.meta.dirname, '../node_modules/playwright/cli.js');
  return run(
    process.execPath,
    [cli, 'install', ...(isRoot() ? ['--with-deps'] : []), '--only-shell', 'chromium'],
    process.env,
  );
}

/** The installers' own words go to stderr: stdout is for the result. */
function run(command: string, args: string[], env: NodeJS.ProcessEnv): boolean {
  return spawnSync(command, args, { env, stdio: ['ignore', 2, 2] }).status === 0;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function isDebian(): boolean {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

if (import.meta.main) {
  try {
    process.stdout.write(`${ensureBrowser((text) => process.stderr.write(`${text}\n`))}\n`);
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
