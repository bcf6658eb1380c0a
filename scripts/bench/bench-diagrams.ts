import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compareText } from '../../plugins/base/index.ts';
import { diagramCss } from '../../plugins/d2/index.ts';
import { inTurns, type Measured, measureNode, median } from './measure.ts';
import { neighbour, neighbourCode } from './neighbour.ts';
import { count, kilobytes, memory, type Row, ratioRow, row, seconds, turnRows } from './rows.ts';
import { plainCode, pluggedCode, type SiteCode, siteEnvironment, writeSite } from './sites.ts';

/**
 * One site with 48 diagrams built with us, with astro-d2 in its two modes, and with none of them: its fences
 * are then code.
 */
export async function diagrams(
  project: string,
  folder: string,
  runs: number,
  rounds: number,
): Promise<Row[]> {
  const other = neighbour(project);
  const sources = diagramSources(project);
  const site = (name: string, code: SiteCode, isSlow = false): Site => ({
    ...{ project, name, code, sources, path: other.binaries, root: join(folder, name), isSlow },
  });
  const sites = [
    site('no diagrams', plainCode()),
    site('Plumbline', pluggedCode()),
    site('astro-d2', neighbourCode(other, 'binary')),
    site('astro-d2 with D2.js', neighbourCode(other, 'D2.js'), true),
  ];
  const [none, ours, binary, js] = await buildAll(sites, runs, rounds);
  if (!none || !ours || !binary || !js) throw new Error('not every site was built');

  const added = (what: 'cold' | 'changed', theirs: Built, budget: number) =>
    ratioRow(
      `time added, ${phaseNames[what]}`,
      ours[what].seconds - none[what].seconds,
      theirs.name,
      theirs[what].seconds - none[what].seconds,
      seconds,
      budget,
    );
  const started = (what: keyof typeof phaseNames, { engines }: Measured, budget: number | null) =>
    count(`D2 engines started, ${phaseNames[what]}, ${ours.name}`, engines, budget);
  return [
    ...[ours, binary, js].map((one) => row(`build, cold, ${one.name}`, one.cold, none.name, none.cold, null)),
    row(`build, one changed, ${ours.name}`, ours.changed, none.name, none.changed, null),
    ...turnRows(`build, warm, ${ours.name}`, ours.warms, none.name, none.warms, 1.1),
    added('cold', binary, 0.5),
    added('cold', js, 0.15),
    added('changed', binary, 0.2),
    ratioRow('bytes of a diagram', ourBytes(ours), binary.name, theirBytes(binary), kilobytes, 0.35),
    memory(`memory added, cold, ${ours.name}`, ours.cold, none.cold, 400),
    memory(`memory added, cold, ${binary.name}`, binary.cold, none.cold, null),
    memory(`memory added, cold, ${js.name}`, js.cold, none.cold, null),
    started('cold', ours.cold, null),
    started('changed', ours.changed, null),
    started('warm', median(ours.warms), 0),
    count(`D2 engines started, cold, ${js.name}`, js.cold.workers, null),
  ];
}

/**
 * The `.d2` files of a repository that lies beside the checkout; without it, our own diagrams, each time with
 * another shape more.
 */
function diagramSources(project: string): string[] {
  const corpus = join(project, '../shared/corpus/idp-blueprint/Docs');
  const files = existsSync(corpus) ? filesUnder(corpus, '.d2') : [];
  if (files.length >= amount) return files.slice(0, amount).map((file) => readFileSync(file, 'utf8').trim());
  process.stderr.write(`  ${corpus} is not there: our own diagrams, varied\n`);
  const own = filesUnder(join(project, 'docs'), '.md')
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^```d2[^\n]*\n(.*?)^```$/gms)])
    .map(([, text = '']) => text)
    .filter((text) => !/@|gitops:/.test(text));
  if (own.length === 0) throw new Error('there is no diagram to build');
  return Array.from({ length: amount }, (_, at) => `${own[at % own.length]}variant: variant ${at}`);
}

/**
 * Each cold build is that of a new site; the last is then built as it is, and with one diagram changed. The
 * sites take turns, so that what else the machine does meets all of them.
 */
async function buildAll(sites: Site[], runs: number, rounds: number): Promise<Built[]> {
  const cold = await builtInTurn(sites, 'cold', runs);
  const quick = sites.filter(({ isSlow }) => !isSlow);
  process.stderr.write(`  ${phaseNames.warm}, ${rounds} rounds\n`);
  const warm = await inTurns(rounds, Object.fromEntries(quick.map((site) => [site.name, () => build(site)])));
  const changed = await builtInTurn(quick, 'changed', runs);
  return sites.map(({ name, root }) => {
    const first = median(cold.get(name) ?? []);
    const changes = changed.get(name);
    return {
      ...{ name, root, cold: first, warms: warm[name] ?? [first] },
      changed: changes === undefined ? first : median(changes),
    };
  });
}

/** Builds of sites by their names, each of what was prepared for it. */
async function builtInTurn(
  sites: Site[],
  phase: 'cold' | 'changed',
  runs: number,
): Promise<Map<string, Measured[]>> {
  const builds = new Map(sites.map(({ name }) => [name, [] as Measured[]]));
  for (let run = 0; run < runs; run++) {
    for (const site of sites) {
      if (site.isSlow && run > 0) continue;
      process.stderr.write(`  ${phaseNames[phase]}, ${site.name}\n`);
      prepare(site, phase, run);
      builds.get(site.name)?.push(await build(site));
    }
  }
  return builds;
}

function build({ project, root, path }: Site): Promise<Measured> {
  const env = { ...siteEnvironment(root), PATH: `${path}:${process.env.PATH}` };
  return measureNode([join(project, 'node_modules/astro/bin/astro.mjs'), 'build'], { cwd: root, env });
}

function prepare({ project, root, code, sources }: Site, phase: 'cold' | 'changed', run: number): void {
  const [first, ...others] = sources;
  if (phase === 'changed') writePages(root, [`${first}\nadded: added ${run}`, ...others]);
  if (phase !== 'cold') return;
  rmSync(root, { recursive: true, force: true });
  writePages(root, sources);
  writeSite(project, root, code);
}

/** Four diagrams a page, and one manifest, because a platform without any is a fault. */
function writePages(root: string, sources: string[]): void {
  const folder = join(root, 'src/content/docs');
  mkdirSync(folder, { recursive: true });
  for (let at = 0; at < sources.length; at += 4) {
    const fences = sources
      .slice(at, at + 4)
      .map((text, index) => `## Part ${index}\n\n\`\`\`d2\n${text}\n\`\`\`\n`);
    const name = at === 0 ? 'index' : `page-${at / 4}`;
    writeFileSync(join(folder, `${name}.md`), `---\ntitle: Page ${at / 4}\n---\n\n${fences.join('\n')}`);
  }
  mkdirSync(join(root, 'K8s'), { recursive: true });
  writeFileSync(
    join(root, 'K8s/namespace.yaml'),
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: bench }\n',
  );
  writeFileSync(join(root, 'plumbline.yaml'), 'layers: { gitops: [K8s] }\n');
}

/**
 * What one diagram adds to a page in all its forms, each gzipped by itself, with its part of the stylesheet
 * that all share.
 */
function ourBytes({ root }: Built): number {
  const pages = filesUnder(join(root, 'dist'), '.html').map((file) => readFileSync(file, 'utf8'));
  const figures = pages.flatMap((html) => html.match(/<figure class="?pl-diagram\b/g) ?? []).length;
  if (figures !== amount) throw new Error(`${figures} of ${amount} diagrams were drawn`);
  const drawn = pages.flatMap((html) => html.match(/<svg[^>]*class="d2-diagram.*?<\/svg>/gs) ?? []);
  return (bytesOf(drawn) + bytesOf([diagramCss()])) / amount;
}

function theirBytes({ root }: Built): number {
  const drawn = filesUnder(join(root, 'dist/d2'), '.svg').map((file) => readFileSync(file, 'utf8'));
  if (drawn.length !== amount) throw new Error(`${drawn.length} of ${amount} diagrams were drawn`);
  return bytesOf(drawn) / amount;
}

function bytesOf(texts: string[]): number {
  return texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
}

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.includes('node_modules'))
    .sort(compareText)
    .map((name) => join(folder, name));
}

const amount = 48;
const phaseNames = { cold: 'cold', changed: 'one changed', warm: 'warm' };

interface Site {
  project: string;
  name: string;
  code: SiteCode;
  /** Texts of the diagrams. */
  sources: string[];
  /** Folder with the `d2` that is called. */
  path: string;
  root: string;
  /** Measured once, cold. */
  isSlow: boolean;
}

interface Built {
  name: string;
  root: string;
  cold: Measured;
  warms: Measured[];
  changed: Measured;
}
