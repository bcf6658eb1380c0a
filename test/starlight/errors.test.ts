import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { startBuildRun } from '../../plugins/starlight/run/build-run.ts';
import { reportOf } from '../../plugins/starlight/run/check-outcome.ts';
import { configError } from '../../plugins/starlight/run/errors.ts';
import { onErrors } from '../../plugins/starlight/site/on-errors.ts';
import { describeFailure } from '../../scripts/commands/exit-failure.ts';
import { d2 } from '../d2/helpers.ts';
import { plumbline } from '../scripts/cli.ts';
import { tree } from '../source/tree.ts';

const root = tree({
  'K8s/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  'docs/one.md': '# One\n\nThere are :fact[two]{count="kind == \'ConfigMap\'"} maps.\n',
});

const address = { base: '/', trailingSlash: 'ignore', format: 'directory' } as const;
const siteOptions = {
  root,
  docs: join(root, 'docs'),
  address,
  facts: {
    isOwn: true,
    ...address,
    publicDir: join(root, 'public'),
    routes: [],
    locales: [''],
    others: [],
  },
  resources: false,
  rules: false,
  status: false,
  untrusted: false,
  whole: null,
  words: { languages: { '': 'en' }, dictionaries: {} },
  written: [],
  color: false,
};

test('faults end a build, or are told, or are those of a baseline', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-baseline-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await expect(build('fail')).rejects.toThrow(
    'The pages and the manifests disagree: one fault, listed above.',
  );
  // A fault is told each time: what was found at fault is not kept.
  expect(await build('warn')).toEqual([
    'warn 1 fault, listed above, and the build goes on: `errors` is `warn`',
  ]);
  await expect(onErrors({ baseline: 'gone.json' }, folder)).rejects.toThrow(
    expect.objectContaining({ hint: expect.stringContaining('--update-baseline') }),
  );
  const file = join(folder, 'known.json');
  await plumbline(['check', '--root', root, '--baseline', file, '--update-baseline']);
  expect(await build({ baseline: 'known.json' }, folder)).toEqual([
    'info 1 fact on 1 page: all true but 1 fault of the baseline',
  ]);
});

test('left out, `errors` is the baseline of plumbline.yaml', async () => {
  const config = join(root, 'plumbline.yaml');
  onTestFinished(() => rmSync(config, { force: true }));
  const left = await onErrors(undefined, root);
  expect(left.errors).toBe('fail');
  expect(await report(left)).toMatchObject({ errors: 1 });
  writeFileSync(config, 'baseline: old.json\n');
  await expect(report(left)).rejects.toThrow('`plumbline.yaml` does not exist');
  await plumbline(['check', '--root', root, '--update-baseline']);
  const summary = '1 fact on 1 page: all true but 1 fault of the baseline';
  expect(await report(left)).toMatchObject({ errors: 0, printed: null, summary });
});

test('where a build stops, the command line says why and how to mend it, as Astro would', () => {
  const told = describeFailure(configError('there is no Helm', 'Install it.'));
  expect(told).toBe('error: there is no Helm\n  help: Install it.\n');
  const inside = Object.assign(new Error('disk'), {
    type: 'AstroError',
    hint: 'Look.',
    cause: new Error('x'),
  });
  expect(describeFailure(inside)).toMatch(/^internal error: .*\n {2}Error: disk\n/);
});

/** What a check finds, in this process: that a build checks in a thread is held above. */
async function report({ known }: Awaited<ReturnType<typeof onErrors>>) {
  const engine = await createEngine({ root, d2 });
  try {
    return await reportOf(await checkPages(engine), engine, { ...siteOptions, known });
  } finally {
    await engine.dispose();
  }
}

/** What a build with the option logs. */
async function build(errors: Parameters<typeof onErrors>[0], siteRoot = root): Promise<string[]> {
  const said: string[] = [];
  const log = (level: string) => (text: string) => void said.push(`${level} ${text}`);
  const run = startBuildRun({
    ...siteOptions,
    command: 'build',
    routed: Promise.resolve(),
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    ...(await onErrors(errors, siteRoot)),
  });
  await run.ready();
  await run.dispose();
  return said;
}
