// The way in: `npm start`, `npm test`, `npm run …` all come here first, on a machine that may have nothing
// but an old Node. Plain JavaScript without dependencies, because Node 20 runs it before anything is
// installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = 20;
/** The first Node that runs TypeScript files as they are. */
const typesNode = [22, 18];

/**
 * What each npm script does after set-up: commands in turn, the first failure ends them. Only the last one
 * gets the user's arguments.
 */
const steps = {
  start: [
    ['check what the pages say', 'scripts/plumbline.ts', 'check'],
    ['build the site', 'node_modules/astro/bin/astro.mjs', 'build'],
    ['serve it', 'scripts/serve.ts'],
  ],
  dev: [['live preview', 'node_modules/astro/bin/astro.mjs', 'dev']],
  build: [['build the site into dist/', 'node_modules/astro/bin/astro.mjs', 'build']],
  check: [['check what the pages say', 'scripts/plumbline.ts', 'check']],
  test: [['run every check', 'scripts/test.ts']],
  new: [['begin something new', 'scripts/new.ts']],
  bench: [['measure', 'scripts/bench.ts']],
  fuzz: [['read what nobody would write', 'scripts/fuzz.ts']],
  corpora: [['read whole repositories', 'scripts/corpora.ts']],
  package: [['make the package that is published', 'scripts/package.ts']],
  screenshot: [
    ['build the site', 'node_modules/astro/bin/astro.mjs', 'build'],
    ['take the pictures', 'scripts/screenshot.ts'],
  ],
};

const [name = '', ...rest] = process.argv.slice(2);
if (!Object.hasOwn(steps, name)) {
  fail(`there is no step \`${name}\``, `steps: ${Object.keys(steps).join(', ')}`);
}

checkNode();
await install();
const node = findNode();
const queue = steps[name];
for (const [index, [what, script, ...args]] of queue.entries()) {
  const last = index === queue.length - 1;
  if (queue.length > 1) say(`${index + 1}/${queue.length} ${what}`);
  const code = await run(node, [script, ...args, ...(last ? rest : [])]);
  if (code !== 0) {
    if (!last) say(`stopped: could not ${what} (exit code ${code}); what to mend stands above`);
    process.exit(code);
  }
}

/** Ends with advice where this Node is too old to go on, or where npm is missing. */
function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldestNode) {
    fail(
      `Node ${process.versions.node} is too old: at least Node ${oldestNode} is needed`,
      'install a current one from https://nodejs.org or with your version manager',
    );
  }
}

/** Runs `npm ci` where what is installed differs from package-lock.json, and says so. */
async function install() {
  const reason = whyInstall();
  if (reason === null) return;
  const count = Object.values(packagesOf('package-lock.json') ?? {}).filter(
    ({ optional }) => !optional,
  ).length;
  say(`${reason}: installing ${count} packages with \`npm ci\` (a minute or two with an empty cache)`);
  const [command, ...prefix] = npm();
  // `--include=dev`: a NODE_ENV=production of the caller would otherwise leave out the tools that build the
  // site.
  const child = spawn(
    command,
    [...prefix, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      // Its words are news, not a result: stdout stays free for what the step prints.
      stdio: ['ignore', 2, 'pipe'],
    },
  );
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
    process.stderr.write(chunk);
  });
  const code = await ended(child);
  if (code !== 0) fail(`\`npm ci\` failed with exit code ${code}`, advice(errors));
  const still = whyInstall();
  if (still !== null)
    fail(`\`npm ci\` ended well, yet ${still}`, 'remove node_modules and run the command again');
  say('installed');
}

/**
 * Why an installation is due, or null. npm's own list of what is installed is missing after an interrupted
 * run; what it lists is not always there.
 */
function whyInstall() {
  const wanted = packagesOf('package-lock.json');
  if (wanted === null)
    fail('package-lock.json is missing', 'take it back from Git: git checkout package-lock.json');
  if (!existsSync(join(root, 'node_modules'))) return 'nothing is installed yet';
  if (packagesOf('node_modules/.package-lock.json') === null) return 'the last installation did not end';
  for (const [path, entry] of Object.entries(wanted)) {
    if (entry.link) continue;
    const found = readJson(join(path, 'package.json'));
    // Packages for other platforms are in the lock and rightly not on this disk.
    if (found === null && (entry.optional || entry.peer)) continue;
    if (found?.version !== entry.version)
      return `${path.slice('node_modules/'.length)} ${entry.version} is not installed`;
  }
  return null;
}

function packagesOf(file) {
  const { packages } = readJson(file) ?? {};
  return packages === undefined
    ? null
    : Object.fromEntries(Object.entries(packages).filter(([path]) => path !== ''));
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8'));
  } catch {
    return null;
  }
}

/** npm as a command: the one that runs this script, else the one on PATH. */
function npm() {
  const running = process.env.npm_execpath ?? '';
  if (/npm-cli\.c?js$/.test(running)) return [process.execPath, running];
  const onPath = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const found = spawnSync(onPath, ['--version'], { shell: process.platform === 'win32' });
  if (found.status !== 0) fail('npm was not found', 'install it with Node from https://nodejs.org');
  return [onPath];
}

/** What to do about the commonest ways in which `npm ci` fails. */
function advice(errors) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/.test(errors)) {
    return 'the registry could not be reached: the first run needs a network. Behind a proxy: npm config set proxy URL; with a mirror: npm config set registry URL';
  }
  if (/ENOTCACHED/.test(errors))
    return 'npm is set to work offline and its cache lacks a package: run once without `--offline`';
  if (/ENOSPC/.test(errors)) return 'the disk is full: about 1 GB is needed';
  if (/EACCES|EPERM/.test(errors))
    return 'a folder may not be written: who owns this folder, and ~/.npm? (sudo chown -R "$USER" . ~/.npm)';
  if (/EINTEGRITY/.test(errors))
    return 'a download is damaged: npm cache clean --force, then run the command again';
  if (/CERT|certificate/.test(errors))
    return "the registry's certificate is not trusted here: set NODE_EXTRA_CA_CERTS to your organisation's CA file";
  return 'the lines above say why; after mending it, run the command again';
}

/**
 * The Node that runs everything after set-up: the pinned one from the npm package `node`, so that all
 * machines run the same. Where that package has no build for a platform, or install scripts are off, a recent
 * own Node serves.
 */
function findNode() {
  const pinned = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > typesNode[0] || (major === typesNode[0] && minor >= typesNode[1])) return process.execPath;
  return fail(
    `the pinned Node was not installed, and this Node ${process.versions.node} is older than ${typesNode.join('.')}`,
    'allow install scripts (npm config set ignore-scripts false) and run `npm ci`, or install Node 24',
  );
}

/** Runs a script under the pinned Node, which also comes first for whatever that script starts. */
function run(node, args) {
  const path = [join(root, 'node_modules', '.bin'), dirname(node), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  const forward = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return ended(child).finally(() => {
    for (const signal of signals) process.off(signal, forward);
  });
}

/** Exit code of a child, 128 + signal number as shells count. */
function ended(child) {
  return new Promise((resolve) => {
    child.on('error', (error) =>
      fail(`could not start ${child.spawnfile}: ${error.message}`, 'run `npm ci` again'),
    );
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function say(text) {
  process.stderr.write(`\n▸ ${text}\n`);
}

function fail(what, help) {
  process.stderr.write(`\nerror: ${what}\n  help: ${help}\n`);
  process.exit(1);
}
