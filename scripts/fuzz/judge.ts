import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { D2 } from '../../plugins/d2/index.ts';
import { checkPages, createEngine, fixPages, type Report } from '../../plugins/engine/index.ts';
import { formats, reporters } from '../../plugins/report/reporters.ts';
import { harmless } from '../commands/common.ts';
import { describeFailure } from '../commands/exit-failure.ts';
import { pathsOf } from '../commands/open-repository.ts';
import { textsOf } from '../commands/pages.ts';
import { plumbline, type Ran } from './commands.ts';
import { wrongPlaces } from './places.ts';
import type { Random } from './random.ts';
import { leftIn, stateOf } from './repository.ts';

/**
 * What is wrong with how a repository is read, each once: `check` always, and of the rest (other commands,
 * formats, a second run with a cache, `fix`) what the stream says.
 */
export async function judge(
  { root, cache, temporary, planted, d2, draws, onStep }: Judged,
  random: Random,
): Promise<Find[]> {
  const finds: Find[] = [];
  const before = stateOf(root);
  const outputs: Ran[] = [];
  const say = (oracle: Oracle, detail: string) => finds.push({ oracle, detail });
  const ran = async (...args: string[]): Promise<Ran> => {
    onStep();
    const output = await plumbline([...args, '--root', root]);
    outputs.push(output);
    return output;
  };

  const checked = await checkedBy(root, d2, random);
  outputs.push(...checked.outputs);
  for (const place of wrongPlaces(checked.report, root).slice(0, 3)) say('place', place);
  if (random.chance(0.1)) await ran(...commandOf(checked.report, draws, random), '--no-cache');
  if (random.chance(draws ? 0 : 0.025)) {
    const args = ['check', '--format', 'json'];
    const [without, cold, warm] = [await ran(...args, '--no-cache'), await ran(...args), await ran(...args)];
    if (cold.stdout !== without.stdout) say('bytes', difference(without.stdout, cold.stdout));
    if (warm.stdout !== cold.stdout) say('bytes', difference(cold.stdout, warm.stdout));
    if (planted !== null && isIn(everythingIn(cache), planted)) say('secret', 'in the cache');
  }
  if (before !== stateOf(root)) say('written', difference(before, stateOf(root)));
  if (checked.report.diagnostics.some(({ fix }) => fix !== undefined) && !draws && random.chance(0.2))
    for (const fault of await fixedWorse(root, checked.report, d2, ran)) say('fix', fault);

  for (const { args, code, stdout, stderr } of outputs) {
    const name = args.join(' ');
    if (code < 0 || code > 3) say('exit', `${name}: ${code}`);
    for (const text of [stdout, stderr]) {
      if (text.includes('internal error') || stack.test(text))
        say('crash', `${name}: ${text.slice(0, 2000)}`);
      if (planted !== null && isIn(text, planted)) say('secret', `${name}: ${around(text, planted)}`);
    }
  }
  const left = leftIn(temporary);
  if (left.length > 0) say('left', left.join(' '));
  return finds;
}

/** `check`, without a process or a D2 of its own, in JSON and one more format. */
async function checkedBy(root: string, d2: D2, random: Random): Promise<{ report: Report; outputs: Ran[] }> {
  const empty = { version: 1, diagnostics: [], unverified: [] } as unknown as Report;
  const format = random.pick(formats);
  try {
    const engine = await createEngine({ root, cache: false, d2 });
    try {
      const { report, pages } = await checkPages(engine);
      const { path } = await pathsOf(root);
      const io = { color: false, text: textsOf(engine.platform, pages), path, coverage: true };
      const outputs: Ran[] = [];
      for (const one of new Set(['json', format] as const)) {
        const kind = one === 'json' ? 'json' : 'text';
        const stdout = harmless((await reporters[one]())(report, io), kind);
        outputs.push({ args: ['check', '--format', one], code: 0, stdout, stderr: '' });
      }
      return { report, outputs };
    } finally {
      await engine.dispose();
    }
  } catch (error) {
    return {
      report: empty,
      outputs: [{ args: ['check'], code: 2, stdout: '', stderr: describeFailure(error) }],
    };
  }
}

/** Any other command, about something that is there. */
function commandOf({ diagnostics, pages }: Report, draws: boolean, random: Random): string[] {
  const resources = diagnostics.flatMap(({ sources }) => sources.flatMap(({ resource }) => resource ?? []));
  const page = random.pick(pages?.map(({ file }) => file) ?? []) ?? 'docs/index.md';
  return random.pick([
    ['model'],
    ['table', random.pick(tables), '--format', random.pick(['md', 'json', 'csv'])],
    ['diagram', random.pick(diagrams)],
    ['explain', random.pick([...resources, 'ConfigMap/a']), '--format', random.pick(['pretty', 'json'])],
    ...(draws
      ? []
      : [
          ['render', page],
          ['fix', '--dry-run'],
          ['check', '--format', random.pick(formats), '--strict'],
        ]),
  ]);
}

/** `fix` leaves no more errors than there were, and nothing for another `fix`. */
async function fixedWorse(
  root: string,
  before: Report,
  d2: D2,
  ran: (...args: string[]) => Promise<Ran>,
): Promise<string[]> {
  const { code } = await ran('fix', '--no-cache');
  if (code > 1) return [`fix ended with ${code}`];
  const engine = await createEngine({ root, cache: false, d2 });
  try {
    const { report } = await checkPages(engine);
    const [had, has] = [errorsOf(before), errorsOf(report)];
    const left = report.diagnostics.flatMap(({ page, fix }) =>
      fix === undefined || page === null ? [] : resolve(root, page.file),
    );
    const again = (await fixPages(engine, [...new Set(left)])).flatMap(({ applied }) => applied);
    return [
      ...(again.length === 0 ? [] : [`another fix changes more:\n${JSON.stringify(again).slice(0, 1000)}`]),
      ...(has > had ? [`${had} errors before, ${has} after, in ${root}`] : []),
    ];
  } finally {
    await engine.dispose();
  }
}

/** Links to a heading that had the wrong number in it are broken by right. */
function errorsOf({ diagnostics }: Report): number {
  return diagnostics.filter(({ rule, severity }) => severity === 'error' && rule !== 'link-broken').length;
}

/** The value, as it is, in Base64 (whatever stands around it) and backwards. */
function isIn(text: string, value: string): boolean {
  return formsOf(value).some((form) => text.includes(form));
}

function formsOf(value: string): string[] {
  const shifted = [0, 1, 2].map((by) =>
    Buffer.from(`${'x'.repeat(by)}${value}`)
      .toString('base64')
      .replaceAll('=', '')
      .slice(by === 0 ? 0 : 4, -2),
  );
  return [value, ...shifted, [...value].toReversed().join('')];
}

function around(text: string, value: string): string {
  const at = Math.max(0, ...formsOf(value).map((form) => text.indexOf(form)));
  return text.slice(Math.max(0, at - 200), at + 100);
}

/** Everything that is written under a folder. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('engine'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

/** The first lines in which two texts differ. */
function difference(first: string, second: string): string {
  const [a, b] = [first.split('\n'), second.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  return `${a.slice(at, at + 3).join('\n')}\n≠\n${b.slice(at, at + 3).join('\n')}`;
}

const stack = /\n\s+at \S.*(?:\.[cm]?[jt]s|node:\S+):\d+:\d+/;
const tables = [
  'resources',
  'waves',
  'projects',
  'applicationsets',
  'applications',
  'sync',
  'sync-windows',
  'kept',
  'tear-down',
  'policies',
  'events',
  'secrets',
  'routes',
  'stacks',
  'bootstrap',
];
const diagrams = ['layers', 'projects', 'applications', 'waves', 'events', 'secrets', 'routes'];

/** What was held, and not. */
type Oracle =
  | 'crash'
  | 'exit'
  | 'place'
  | 'bytes'
  | 'secret'
  | 'written'
  | 'left'
  | 'fix'
  | 'hang'
  | 'memory';

export interface Find {
  oracle: Oracle;
  detail: string;
}

export interface Judged {
  root: string;
  /** The folder that PLUMBLINE_CACHE names. */
  cache: string;
  /** The folder that TMPDIR names. */
  temporary: string;
  planted: string | null;
  d2: D2;
  /** A page has a drawing: each command would start a D2 of its own. */
  draws: boolean;
  /** Called before each command: the time is that of one. */
  onStep: () => void;
}
