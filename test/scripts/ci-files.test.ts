import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { tree } from '../source/tree.ts';
import { plumbline, program, project } from './cli.ts';

interface Step {
  name?: string;
  id?: string;
  run?: string;
  env?: Record<string, string>;
}

interface Call {
  args: string[];
  cwd: string;
  env: Record<string, string>;
}

const read = (file: string) => parse(readFileSync(join(project, file), 'utf8'));

/**
 * Runs the command line for scripts in this process, as its start takes longer than what it does: `client`
 * sends how it was called, prints what comes back and ends as that did.
 */
const door = join(tree({}), 'door');
const client = join(
  tree({
    'client.mjs': `import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
const socket = connect({ path: ${JSON.stringify(door)}, allowHalfOpen: true });
socket.end(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), env: process.env }));
const { code, stdout, stderr } = await json(socket);
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
`,
  }),
  'client.mjs',
);
const server = createServer({ allowHalfOpen: true }, async (socket) => {
  const { args, cwd, env } = JSON.parse(await text(socket)) as Call;
  const before = process.cwd();
  process.chdir(cwd);
  const ran = await plumbline(args, { env }).finally(() => process.chdir(before));
  socket.end(JSON.stringify(ran));
});
beforeAll(() => new Promise<void>((done) => server.listen(door, done)));
afterAll(() => void server.close());

describe('what a CI runs', () => {
  test('the action checks, writes SARIF and a summary, and keeps one comment', async () => {
    const steps: Step[] = read('action.yml').runs.steps;
    const place = change();
    const inputs = { root: '.', docs: '', strict: 'false', sarif: 'a.sarif', version: '' };
    const run = (name: string, more: Record<string, string> = {}) => {
      const step = steps.find((one) => one.name === name);
      const values = Object.entries(step?.env ?? {}).map(([key, value]) => {
        const input = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(value)?.[1];
        return [key, input ? { ...inputs, ...more }[input] : ''] as const;
      });
      return place.run('bash', step?.run ?? '', { ...Object.fromEntries(values), ...more });
    };

    expect(await run('Install Plumbline')).toMatchObject({ status: 0 });
    expect(place.calls()).toEqual([
      `npm install --no-audit --no-fund --ignore-scripts --prefix ${place.temp}/plumbline starlight-plumbline@${manifest.version}`,
    ]);
    expect(place.file('env')).toBe(`PLUMBLINE_CACHE=${place.temp}/plumbline-cache\n`);
    expect(await run('kustomize and Helm')).toMatchObject({ status: 0 });

    const checked = await run('Check');
    expect(checked).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('::error file=docs/index.md'),
    });
    expect(place.file('summary')).toContain('claim-false');
    expect(JSON.parse(readFileSync(join(place.root, 'a.sarif'), 'utf8')).runs[0].results).toHaveLength(1);
    expect(place.file('output')).toContain('sarif=a.sarif\n');

    const compared = await run('What the pull request does');
    expect(compared.status).toBe(0);
    const [, diff = ''] = /^diff=(.*)$/m.exec(place.file('output')) ?? [];
    expect(readFileSync(diff, 'utf8')).toMatch(/^<!-- plumbline-diff -->\n.*claim-false/s);
    const comment = { DIFF: diff, NUMBER: '7' };
    expect(await run('Comment', comment)).toMatchObject({ status: 0, stdout: '' });
    expect(place.calls().at(-1)).toBe(
      `gh api --silent --method POST repos/acme/shop/issues/7/comments --field body=@${diff}`,
    );
    expect(await run('Comment', { ...comment, COMMENT: '41' })).toMatchObject({ status: 0, stdout: '' });
    expect(place.calls().at(-1)).toBe(
      `gh api --silent --method PATCH repos/acme/shop/issues/comments/41 --field body=@${diff}`,
    );
    expect(await run('Comment', { ...comment, DENIED: 'yes' })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('::notice'),
    });
    expect(await run('What the pull request does', { GITHUB_BASE_REF: 'gone' })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('::warning'),
    });
  });

  test('no script of the action has a value of its caller in its text', () => {
    const scripts = (read('action.yml').runs.steps as Step[]).flatMap(({ run }) => run ?? []);
    expect(scripts.length).toBeGreaterThan(4);
    expect(scripts.filter((text) => text.includes('${{'))).toEqual([]);
  });

  test('the job of GitLab writes both reports and what the change does', async () => {
    const { plumbline: job } = read('ci/gitlab.yml');
    expect(job.variables.PLUMBLINE_VERSION).toBe(manifest.version);
    const place = change();
    const base = execFileSync('git', ['-C', place.root, 'rev-parse', 'origin/main'], {
      encoding: 'utf8',
    }).trim();
    const run = await place.run('sh', job.script.join('\n'), {
      PLUMBLINE_VERSION: job.variables.PLUMBLINE_VERSION,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    });
    expect(run).toMatchObject({ status: 1, stdout: expect.stringContaining('error[claim-false]') });
    const { junit, codequality } = job.artifacts.reports;
    expect(readFileSync(join(place.root, junit), 'utf8')).toContain('<failure');
    expect(JSON.parse(readFileSync(join(place.root, codequality), 'utf8'))).toMatchObject([
      { check_name: 'claim-false', location: { path: 'docs/index.md', lines: { begin: 3 } } },
    ]);
    for (const path of job.artifacts.paths) expect(existsSync(join(place.root, path))).toBe(true);
  });

  test('the hook of pre-commit tells a line a fault', async () => {
    const [hook] = read('.pre-commit-hooks.yaml');
    expect(hook.entry).toContain(`starlight-plumbline@${manifest.version} `);
    // The one here that is a process of its own.
    const run = await change({ isProcess: true }).run('sh', hook.entry, {});
    expect(run).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^docs\/index\.md:3:\d+: error\[claim-false\]/m),
    });
    for (const file of ['docs/a.md', 'K8s/a.yaml', 'chart/templates/_a.tpl'])
      expect(file).toMatch(new RegExp(hook.files));
  });
});

/**
 * A branch that breaks a claim, `origin/main` beside it, and programs in the place of npm, npx and gh that
 * only say how they were called.
 */
function change({ isProcess = false } = {}) {
  const root = tree({
    'K8s/web.yaml': service('ClusterIP'),
    'docs/index.md': `# Shop\n\n:claim[Nothing is open to the world]{of="kind == 'Service'" none="spec.type == 'LoadBalancer'"}.\n`,
    'plumbline.yaml': 'docs: docs\n',
  });
  const git = (...parameters: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...parameters]);
  git('init', '-q', '-b', 'topic');
  git('add', '--all');
  git('commit', '-qm', 'before');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  writeFileSync(join(root, 'K8s/web.yaml'), service('LoadBalancer'));
  git('commit', '-qam', 'after');

  const temp = tree({ env: '', path: '', output: '', summary: '', calls: '' });
  const bin = join(temp, 'bin');
  mkdirSync(bin);
  const put = (name: string, text: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  put('plumbline', `exec "${process.execPath}" "${isProcess ? program : client}" "$@"`);
  put('npm', `echo "npm $*" >> "${temp}/calls"`);
  put('npx', 'shift 2; exec plumbline "$@"');
  put(
    'gh',
    `echo "gh $*" >> "${temp}/calls"; [ -z "$DENIED" ] || exit 1; case "$*" in *--jq*) echo "$COMMENT";; esac`,
  );
  const file = (name: string) => readFileSync(join(temp, name), 'utf8');
  return {
    root,
    temp,
    file,
    calls: () => file('calls').trim().split('\n'),
    run: async (shell: 'bash' | 'sh', script: string, env: Record<string, string | undefined>) => {
      const options = shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail', '-c'] : ['-ec'];
      const child = spawn(shell, [...options, script], {
        cwd: root,
        env: {
          ...process.env,
          PATH: `${bin}:${process.env.PATH}`,
          RUNNER_TEMP: temp,
          GITHUB_ACTION_PATH: project,
          GITHUB_ENV: join(temp, 'env'),
          GITHUB_PATH: join(temp, 'path'),
          GITHUB_OUTPUT: join(temp, 'output'),
          GITHUB_STEP_SUMMARY: join(temp, 'summary'),
          GITHUB_REPOSITORY: 'acme/shop',
          GITHUB_BASE_REF: 'main',
          DENIED: '',
          COMMENT: '',
          ...env,
        },
      });
      child.stdin.end();
      const ended = new Promise<number | null>((done) => child.on('close', done));
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
      return { status: await ended, stdout, stderr };
    },
  };
}

function service(type: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {type: ${type}, ports: [{port: 80}]}\n`;
}
