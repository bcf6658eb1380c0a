import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import {
  counted,
  entryAt,
  type JsonObject,
  slashed,
  temporaryFolder,
  textAt,
} from '../../plugins/base/index.ts';
import {
  areApplied,
  bootstrapFolder,
  type CiStep,
  checkPages,
  ciStep,
  createEngine,
  type Engine,
  type FirstPage,
  findDocs,
  firstPagePath,
  guessAddress,
  hostOf,
  mainBranch,
  type Report,
  rootCharts,
  survey,
  writeConfiguration,
  writeFirstPage,
} from '../../plugins/engine/index.ts';
import { holdsNothing } from '../../plugins/platform/index.ts';
import { differingOverlays } from '../../plugins/query/index.ts';
import { baselineOf, writeBaseline } from '../../plugins/report/index.ts';
import { type Config, ignoredByGit, loadConfig, readPrefix } from '../../plugins/source/index.ts';
import { type CommonOptions, loadOptions, type shared } from './common.ts';
import { refuseNothing } from './refuse-nothing.ts';

/**
 * What `init` would write, and what it saw. Where everything is there, nothing is read but the configuration.
 * @throws ConfigError, UsageError where there is nothing to begin with.
 */
export async function planInit(options: CommonOptions, of: Shared): Promise<InitPlan> {
  const given = await loadConfig(loadOptions(options));
  const { root, file } = given;
  const found = file === null && options.docs === undefined ? await findDocs(root) : null;
  const docs = found === null ? given.docs : join(root, found);
  const place = await firstPagePath({ root, docs });
  if (file !== null && 'there' in place && stepFor(given).there !== null) {
    const files = [
      kept(slashed(root, file), 'it is there already'),
      pageFile(root, place, null),
      ...stepFile(stepFor(given)),
    ];
    const advice = ['everything is there already: `plumbline check` holds the pages to the manifests'];
    return {
      root,
      found: [],
      unknown: 0,
      files,
      advice: [...(await ignoredAdvice(given, files)), ...advice],
    };
  }
  const folder = temporaryFolder('init');
  const told = { docs: found === 'docs' ? null : found, remotes: given.repository.urls };
  const nothing = { guess: null, bootstrap: null, baseline: null, deploy: [], open: [], overlays: null };
  const open = async (text: string): Promise<Engine> => {
    const path = join(folder.path, 'plumbline.yaml');
    writeFileSync(path, text);
    const config = file === null ? { config: path } : {};
    return createEngine({ ...loadOptions(options), ...config, ...of });
  };
  let engine = await open(writeConfiguration({ ...told, ...nothing }));
  const reopen = async (guessed: Partial<Guessed>): Promise<void> => {
    await engine.dispose();
    engine = await open(writeConfiguration({ ...told, ...nothing, ...guessed }));
  };
  try {
    const roots = file === null ? rootCharts(engine.platform) : [];
    let applied = roots.every(({ values }) => values.length === 0) ? roots : [];
    if (applied.length > 0) {
      const before = engine.platform;
      await reopen({ deploy: applied.map(({ folder }) => folder) });
      if (!areApplied(applied, before, engine.platform)) {
        applied = [];
        await reopen({});
      }
    }
    const deploy = applied.map(({ folder }) => folder);
    const choices = applied.length > 0 ? [] : roots;
    const guess = file === null ? guessAddress(engine.platform) : null;
    const bootstrap = file === null ? bootstrapFolder(engine.platform) : null;
    if (guess !== null || bootstrap !== null) await reopen({ deploy, guess, bootstrap });
    const overlays = differingOverlays(engine.platform).folders[0] ?? null;
    const guessed = { guess, bootstrap, deploy, open: choices, overlays };
    const found = survey(engine.platform);
    const unknown = engine.platform.model.unverified.length;
    if (choices.length > 0 && holdsNothing(engine.platform)) {
      const text = writeConfiguration({ ...told, ...guessed, baseline: null });
      const files = [written('plumbline.yaml', text, 'what Plumbline cannot see by itself')];
      return { root, found, unknown, files, advice: [sayWhatIsApplied] };
    }
    const { report } = await checkPages(engine);
    const isOfManifests = ({ page }: { page: unknown }) => page === null;
    refuseNothing(engine.platform, { pages: 1, faults: report.diagnostics.filter(isOfManifests).length });
    const faults = report.diagnostics.filter(({ severity }) => severity === 'error').length;
    const page = 'path' in place ? await writeFirstPage(engine, place.path) : null;
    const baseline = baselineFor(report, given);
    const step = stepFor(engine.platform.config);
    const files = [
      file === null
        ? written(
            'plumbline.yaml',
            writeConfiguration({ ...told, ...guessed, baseline: baseline?.file ?? null }),
            'what Plumbline cannot see by itself',
          )
        : kept(slashed(root, file), 'it is there already'),
      pageFile(root, place, page),
      ...(baseline === null
        ? []
        : [written(baseline.file, baseline.text, `${counted(faults, 'old fault')}, let be`)]),
      ...stepFile(step),
    ];
    const advice = adviceFor({ step, faults, given, hasBaseline: baseline !== null });
    return {
      root,
      found,
      unknown,
      files,
      advice: [...(await ignoredAdvice(given, files)), ...advice],
    };
  } finally {
    await Promise.all([engine.dispose(), folder.dispose()]);
  }
}

/** The step of the CI, and the file that has one already; null where none has. */
function stepFor(config: Config): Step {
  const { root } = config;
  const own = { version: manifest.version, repository: ownRepository(manifest) };
  const host = hostOf(config);
  // A part of a repository has its CI at the top of that, which is not ours to write to.
  const isPart = readPrefix(root) !== '';
  const step = ciStep(isPart ? 'other' : host, { own, branch: mainBranch(config), root });
  if (step.file === null) return { ...step, there: '' };
  const folder = '.github/workflows';
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const candidates =
    host === 'github'
      ? names.map((name) => `${folder}/${name}`)
      : ['.gitlab-ci.yml', '.gitlab/plumbline.yml'];
  const there = candidates.find((file) => {
    const path = join(root, file);
    return entryAt(path)?.isFile() && /plumbline/.test(readFileSync(path, 'utf8'));
  });
  return { ...step, there: there ?? null };
}

/** `owner/name` of a package that was published from GitHub. */
function ownRepository(own: JsonObject): string | null {
  const url = textAt(own, 'repository', 'url') ?? '';
  return /^git\+https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)\.git$/.exec(url)?.[1] ?? null;
}

/** The list of old faults: where there are any, and somebody's configuration does not name a list already. */
function baselineFor(
  report: Report,
  { root, file, baseline }: Config,
): { file: string; text: string } | null {
  const text = writeBaseline(baselineOf(report));
  if (baselineOf(report).faults.length === 0) return null;
  if (file === null) return { file: 'plumbline-baseline.json', text };
  return baseline === null || existsSync(baseline) ? null : { file: slashed(root, baseline), text };
}

function pageFile(
  root: string,
  place: { path: string } | { there: string },
  page: FirstPage | null,
): InitFile {
  if ('there' in place)
    return kept(slashed(root, place.there), 'a page that states something is there already');
  const file = slashed(root, place.path);
  if (page === null)
    return kept(file, 'nothing is certain while so much is not known: settle that, and begin again');
  const parts = [
    counted(page.claims, 'claim'),
    ...(page.table ? ['a table'] : []),
    ...(page.diagram ? ['a diagram'] : []),
  ];
  return written(file, page.text, `${parts.join(', ')}: all true now`);
}

function stepFile(step: Step): InitFile[] {
  if (step.file === null) return [];
  if (step.there !== null) return [kept(step.there, 'it runs plumbline already')];
  return [written(step.file, step.text, 'the check in CI')];
}

/** What of it Git would not take along: nobody else, and no CI, would see it. */
async function ignoredAdvice(config: Config, files: readonly InitFile[]): Promise<string[]> {
  const ignored = await ignoredByGit(
    config,
    files.map(({ file }) => file),
  );
  return [...ignored].map(
    (file) =>
      `a \`.gitignore\` names \`${file}\`, so that it is not committed: take it out of there, or \`git add --force ${file}\``,
  );
}

function adviceFor({ step, faults, given, hasBaseline }: Known): string[] {
  const isUncovered = faults > 0 && given.file !== null && !hasBaseline && given.baseline === null;
  return [
    ...(isUncovered
      ? [
          `${counted(faults, 'fault')} ${faults === 1 ? 'fails' : 'fail'} \`plumbline check\`: mend them, or write \`baseline: plumbline-baseline.json\` into the configuration and run \`plumbline check --update-baseline\``,
        ]
      : []),
    ...(step.advice !== null && !step.there ? [step.advice] : []),
    'next: npx starlight-plumbline check',
  ];
}

const sayWhatIsApplied =
  'next: say under `deploy` in plumbline.yaml which chart is applied, and with which values; then npx starlight-plumbline init again';

function written(file: string, text: string, what: string): InitFile {
  return { file, text, what };
}

function kept(file: string, what: string): InitFile {
  return { file, text: null, what };
}

type Guessed = Pick<Parameters<typeof writeConfiguration>[0], 'guess' | 'bootstrap' | 'deploy'>;

type Shared = ReturnType<typeof shared>;

type Step = CiStep & { there: string | null };

interface Known {
  step: Step;
  faults: number;
  given: Config;
  hasBaseline: boolean;
}

export interface InitFile {
  /** Relative to the root. */
  file: string;
  /** Null where it stays as it is, or is not made. */
  text: string | null;
  /** What it holds, or why it stays. */
  what: string;
}

export interface InitPlan {
  root: string;
  /** What was seen, a word and what there is of it. */
  found: [string, string][];
  /** How many things are not known. */
  unknown: number;
  files: InitFile[];
  advice: string[];
}
