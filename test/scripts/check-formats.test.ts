import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../plugins/engine/index.ts';
import { copyOf, fixtures, plumbline, type Run, temporaryFolder } from './cli.ts';

const badInput = join(fixtures, 'cli-bad-input');
const formats = ['pretty', 'concise', 'json', 'github', 'sarif', 'junit', 'codequality', 'rdjson'];
/** What GitHub Actions sets is not there unless a test sets it. */
const nowhere = { GITHUB_STEP_SUMMARY: '', GITHUB_BASE_REF: '', GITHUB_REPOSITORY: '' };

describe('every format', () => {
  const runs = new Map<string, Run>();
  let report: Report;
  let errors: Report['diagnostics'];
  beforeAll(async () => {
    for (const format of formats)
      runs.set(format, await plumbline(['check', '--root', badInput, '--format', format], { env: nowhere }));
    report = JSON.parse(check('json').stdout);
    errors = report.diagnostics.filter(({ severity }) => severity === 'error');
  });

  test.each(formats)('%s tells of every fault, on stdout alone', (format) => {
    const run = check(format);
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(errors.length).toBeGreaterThan(5);
    expect(run.stdout.endsWith('\n')).toBe(true);
    for (const { rule } of errors) expect(run.stdout).toContain(rule);
  });

  test('counts the same faults', () => {
    const log: Log = JSON.parse(check('sarif').stdout);
    expect(log.runs[0]?.results).toHaveLength(report.diagnostics.length);
    const issues: { fingerprint: string; location: unknown }[] = JSON.parse(check('codequality').stdout);
    expect(issues).toHaveLength(report.diagnostics.length + report.unverified.length);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    expect(issues[0]).toMatchObject({
      severity: 'major',
      location: { lines: { begin: expect.any(Number) } },
    });
    const { diagnostics } = JSON.parse(check('rdjson').stdout);
    expect(diagnostics).toHaveLength(report.diagnostics.length + report.unverified.length);
    expect(check('concise').stdout.match(/: error\[/g)).toHaveLength(errors.length);
  });

  function check(format: string) {
    return runs.get(format) ?? { code: null, stdout: '', stderr: '' };
  }
});

describe('--output', () => {
  test('writes the report to a file, and its last line to stderr', async () => {
    const file = join(temporaryFolder(), 'report.sarif');
    const run = await plumbline(['check', '--root', badInput, '--format', 'sarif', '--output', file]);
    expect(run).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^[^\n]*\d+ failed[^\n]*\n$/),
    });
    expect(readFileSync(file, 'utf8')).toBe(
      (await plumbline(['check', '--root', badInput, '--format', 'sarif'])).stdout,
    );
  });

  test('`--report` writes more formats beside it, of the same run', async () => {
    const folder = temporaryFolder();
    const [sarif, junit] = [join(folder, 'a.sarif'), join(folder, 'a.xml')];
    const both = ['--report', `sarif=${sarif}`, '--report', `junit=${junit}`];
    const run = await plumbline(['check', '--root', badInput, '--format', 'concise', ...both]);
    expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining('error[') });
    const log: Log = JSON.parse(readFileSync(sarif, 'utf8'));
    expect(log.runs[0]?.results?.length).toBeGreaterThan(5);
    expect(readFileSync(junit, 'utf8')).toContain('<testsuites');
    expect(await plumbline(['check', '--root', badInput, '--report', 'sarif'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('names no file'),
    });
  });

  test('is refused where there is no such folder', async () => {
    const file = join(temporaryFolder(), 'none', 'report.xml');
    const run = await plumbline(['check', '--root', badInput, '--format', 'junit', '--output', file]);
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be written') });
  });

  test('says in SARIF that there is no answer, where there is none', async () => {
    const file = join(temporaryFolder(), 'report.sarif');
    const run = await plumbline(['check', '--root', 'no/such/folder', '--format', 'sarif', '--output', file]);
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('no/such/folder') });
    const log: Log = JSON.parse(readFileSync(file, 'utf8'));
    expect(log.runs[0]?.invocations?.[0]?.executionSuccessful).toBe(false);
  });
});

describe('on GitHub Actions', () => {
  test('touched files come first, paths are those of the repository, and the summary is written', async () => {
    const top = temporaryFolder();
    const root = join(top, 'idp');
    renameSync(copyOf('cli-bad-input'), root);
    mkdirSync(join(root, 'docs'), { recursive: true });
    for (let number = 0; number < 12; number += 1)
      writeFileSync(join(root, `docs/a${String(number).padStart(2, '0')}.md`), '`K8s/none`\n');
    const git = (...parameters: string[]) =>
      execFileSync(
        'git',
        [
          '-C',
          top,
          '-c',
          'user.name=t',
          '-c',
          'user.email=t@example.com',
          '-c',
          'commit.gpgsign=false',
          ...parameters,
        ],
        { stdio: 'pipe' },
      );
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    writeFileSync(join(root, 'docs/z.md'), 'See `K8s/nowhere`.\n');
    git('add', '.');
    git('commit', '-qm', 'second');

    const summary = join(temporaryFolder(), 'summary.md');
    writeFileSync(summary, 'before\n');
    const env = {
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_BASE_REF: 'main',
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_REPOSITORY: 'acme/idp',
      GITHUB_SHA: 'abc123',
    };
    const { stdout, code } = await plumbline(['check', '--root', root, '--format', 'github'], { env });
    expect(code).toBe(1);
    const annotated = stdout.split('\n').filter((line) => line.startsWith('::error'));
    expect(annotated).toHaveLength(10);
    expect(annotated[0]).toMatch(/^::error file=idp\/docs\/z\.md,line=1,endLine=1,col=6,/);
    const written = readFileSync(summary, 'utf8');
    expect(written).toMatch(/^before\n## Plumbline\n/);
    expect(written).toContain('https://github.example.com/acme/idp/blob/abc123/idp/docs/z.md?plain=1&#35;L1');
    expect(written.match(/^\| error/gm)?.length).toBeGreaterThan(12);
  });

  test('without a summary file there is none', async () => {
    const root = copyOf('cli-shop');
    expect((await plumbline(['check', '--root', root, '--format', 'github'], { env: nowhere })).code).toBe(0);
    expect(existsSync(join(root, 'summary.md'))).toBe(false);
  });
});
