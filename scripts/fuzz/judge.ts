import { join, resolve } from 'node:path';
import type { D2 } from '../../plugins/d2/index.ts';
import {
  checkPages,
  createEngine,
  type Engine,
  fixPages,
  type PagesReport,
  type Report,
} from '../../plugins/engine/index.ts';
import { formats, reporters } from '../../plugins/report/reporters.ts';
import { diagramViews, tableViews } from '../../plugins/views/index.ts';
import { harmless } from '../commands/common.ts';
import { describeFailure } from '../commands/exit-failure.ts';
import { pathsOf } from '../commands/open-repository.ts';
import { textsOf } from '../commands/pages.ts';
import { begunWrong } from './begun.ts';
import { plumbline, type Ran, type Runs } from './commands.ts';
import { committed, compared, inNew } from './compared.ts';
import { wrongPlaces } from './places.ts';
import type { Random } from './random.ts';
import { type Files, leftIn, stateOf } from './repository.ts';
import { around, everythingIn, isIn } from './secrets.ts';
import { siteOf } from './site.ts';

/**
 * What is wrong with how a repository is read, each once: `check` always, and of the rest (other commands,
 * formats, its site, another tree beside it, a second run with a cache, `fix`, `init`) what the stream says.
 */
export async function judge(judged: Judged, random: Random): Promise<Find[]> {
  const { root, cache, temporary, planted, d2, draws, onStep } = judged;
  const finds: Find[] = [];
  const before = stateOf(root);
  const outputs: Ran[] = [];
  const say = (oracle: Oracle, detail: string) => finds.push({ oracle, detail });
  const chance = (share: number) => random.chance(share * judged.often);
  const ran: Runs = async (...args) => {
    onStep();
    const output = await plumbline([...args, '--root', root]);
    outputs.push(output);
    return output;
  };
  const leaks = (text: string) => planted.filter((value) => isIn(text, value));

  const report = await read(root, d2, outputs, async (engine, checked) => {
    outputs.push(...(await reported(engine, checked, root, random)));
    if (draws) return;
    if (chance(0.02)) {
      onStep();
      const { text, scripts } = await siteOf(engine, checked, join(judged.folder, 'pictures'));
      outputs.push({ args: ['build'], code: 0, stdout: text, stderr: '' });
      for (const script of scripts.slice(0, 3)) say('script', script);
    }
    if (!chance(0.02)) return;
    onStep();
    const head = { revision: { name: 'head', commit: null }, engine, ...checked };
    const { said, faults } = await compared(inNew(judged.folder, judged.other()), head, d2);
    outputs.push(...said);
    for (const fault of faults) say('swap', fault);
  });
  for (const place of wrongPlaces(report, root).slice(0, 3)) say('place', place);
  if (chance(0.08)) await ran(...commandOf(report, draws, random), '--no-cache');
  if (chance(0.02) && !draws) {
    const args = ['check', '--format', 'json'];
    const [without, cold, warm] = [await ran(...args, '--no-cache'), await ran(...args), await ran(...args)];
    if (cold.stdout !== without.stdout) say('bytes', difference(without.stdout, cold.stdout));
    if (warm.stdout !== cold.stdout) say('bytes', difference(cold.stdout, warm.stdout));
    if (leaks(everythingIn(cache)).length > 0) say('secret', 'in the cache');
  }
  if (chance(0.005) && !draws) {
    const two = committed(judged.folder, judged.other(), judged.files);
    const format = random.pick(['pretty', 'markdown', 'json']);
    onStep();
    const args = ['diff', 'HEAD~1', 'HEAD', '--format', format, '--no-cache', '--root', two ?? root];
    if (two !== null) outputs.push(await plumbline(args));
  }
  if (before !== stateOf(root)) say('written', difference(before, stateOf(root)));
  if (report.diagnostics.some(({ fix }) => fix !== undefined) && !draws && chance(0.2))
    for (const fault of await fixedWorse(root, report, d2, ran)) say('fix', fault);
  if (chance(0.01) && !draws) for (const fault of await begunWrong(root, ran)) say('init', fault);

  for (const { args, code, stdout, stderr } of outputs) {
    const name = args.join(' ');
    if (code < 0 || code > 3) say('exit', `${name}: ${code}`);
    for (const text of [stdout, stderr]) {
      if (text.includes('internal error') || stack.test(text))
        say('crash', `${name}: ${text.slice(0, 2000)}`);
      for (const value of leaks(text)) say('secret', `${name}: ${around(text, value)}`);
    }
  }
  const left = leftIn(temporary);
  if (left.length > 0) say('left', left.join(' '));
  return finds;
}

/** `check`, without a process or a D2 of its own, and what is done with the engine while it is there. */
async function read(root: string, d2: D2, outputs: Ran[], look: Look): Promise<Report> {
  try {
    const engine = await createEngine({ root, cache: false, d2 });
    try {
      const checked = await checkPages(engine);
      await look(engine, checked);
      return checked.report;
    } finally {
      await engine.dispose();
    }
  } catch (error) {
    outputs.push({ args: ['check'], code: 2, stdout: '', stderr: describeFailure(error) });
    return { version: 1, diagnostics: [], unverified: [] } as unknown as Report;
  }
}

/** The report in JSON and one more format. */
async function reported(
  engine: Engine,
  { report, pages }: PagesReport,
  root: string,
  random: Random,
): Promise<Ran[]> {
  const { path } = await pathsOf(root);
  const io = { color: false, text: textsOf(engine.platform, pages), path, coverage: true };
  const outputs: Ran[] = [];
  for (const one of new Set(['json', random.pick(formats)] as const)) {
    const stdout = harmless((await reporters[one]())(report, io), one === 'json' ? 'json' : 'text');
    outputs.push({ args: ['check', '--format', one], code: 0, stdout, stderr: '' });
  }
  return outputs;
}

/** Any other command, about something that is there. */
function commandOf({ diagnostics, pages }: Report, draws: boolean, random: Random): string[] {
  const resources = diagnostics.flatMap(({ sources }) => sources.flatMap(({ resource }) => resource ?? []));
  const page = random.pick(pages?.map(({ file }) => file) ?? []) ?? 'docs/index.md';
  return random.pick([
    ['model'],
    ['manifests', ...random.pick([[], ['--strict']])],
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
async function fixedWorse(root: string, before: Report, d2: D2, ran: Runs): Promise<string[]> {
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

/** The first lines in which two texts differ. */
function difference(first: string, second: string): string {
  const [a, b] = [first.split('\n'), second.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  return `${a.slice(at, at + 3).join('\n')}\n≠\n${b.slice(at, at + 3).join('\n')}`;
}

const stack = /\n\s+at \S.*(?:\.[cm]?[jt]s|node:\S+):\d+:\d+/;
const tables = Object.keys(tableViews);
// Around what, a call has to say.
const diagrams = Object.keys(diagramViews).filter((name) => name !== 'around');

/** What was held, and not. */
type Oracle =
  | 'crash'
  | 'exit'
  | 'place'
  | 'bytes'
  | 'secret'
  | 'script'
  | 'written'
  | 'left'
  | 'fix'
  | 'init'
  | 'swap'
  | 'hang'
  | 'memory';

export interface Find {
  oracle: Oracle;
  detail: string;
}

type Look = (engine: Engine, checked: PagesReport) => Promise<void>;

export interface Judged {
  /** Where there is room for more than the repository. */
  folder: string;
  root: string;
  files: Files;
  /** The files of another repository. */
  other: () => Files;
  /** The folder that PLUMBLINE_CACHE names. */
  cache: string;
  /** The folder that TMPDIR names. */
  temporary: string;
  /** Values that nothing may show. */
  planted: string[];
  d2: D2;
  /** A page has a drawing: each command would start a D2 of its own. */
  draws: boolean;
  /** How many times as often the rest is tried. */
  often: number;
  /** Called before each command: the time is that of one. */
  onStep: () => void;
}
