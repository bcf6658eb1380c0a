import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diagramToD2 } from '../../plugins/d2/index.ts';
import {
  bootstrapFolder,
  checkPages,
  compareSides,
  createEngine,
  createExplainer,
  type Engine,
  explainResource,
  fixPages,
  guessAddress,
  manifestsOf,
  type PagesReport,
  renderPageAsMarkdown,
  resourceSlugs,
  rootCharts,
  type Side,
  survey,
  writeConfiguration,
  writeFirstPage,
} from '../../plugins/engine/index.ts';
import { githubSummary } from '../../plugins/report/github-summary.ts';
import { baselineOf, diffFormats, writeBaseline } from '../../plugins/report/index.ts';
import { formats, reporters } from '../../plugins/report/reporters.ts';
import { generatedPages } from '../../plugins/starlight/pages/generated.ts';
import { siteLinks } from '../../plugins/starlight/site/site-links.ts';
import {
  diagramOf,
  diagramViews,
  tableOf,
  tableToCsv,
  tableToMarkdown,
  tableViews,
} from '../../plugins/views/index.ts';
import { english } from '../../plugins/words/index.ts';
import { describeResource } from '../../scripts/commands/explain-resource.ts';
import { textsOf } from '../../scripts/commands/pages.ts';
import { siteOf } from '../../scripts/fuzz/site.ts';
import { d2 } from '../d2/helpers.ts';
import { restoreEnvironment } from '../environment.ts';
import { shareOfDay } from '../fuzz.ts';
import { htmlOf } from '../remark/html.ts';
import { plumbline } from '../scripts/cli.ts';
import { everythingIn, tree } from '../source/tree.ts';
import { application } from '../views/platform.ts';
import { pageOf } from './pages.ts';
import { changed, leaksIn, planted } from './ways.ts';

const before = { ...process.env };
/** Some of each family: the next fifth each day. */
const { chosen, name: shareName } = shareOfDay(planted, 5);

/**
 * Everything that a run can say or leave, in one repository that holds a Secret in many of the ways that we
 * know.
 */
describe(`${chosen.length} of ${planted.length} ways to hold a Secret: no value`, {
  timeout: 240_000,
}, () => {
  const pages = Object.fromEntries(chosen.map((one) => [`docs/${one.name}.md`, pageOf(one)]));
  let [root, cache, temporary] = ['', '', ''];
  /** Each page is checked and reported; a share is written as Markdown, mended and made HTML besides. */
  let share: string[];
  let engine: Engine;
  let checked: PagesReport;
  beforeAll(async () => {
    root = tree({
      'plumbline.yaml': 'repository: {url: https://git.example.com/platform/idp.git}\n',
      ...Object.assign({}, ...chosen.map(({ files }) => files)),
      ...pages,
    });
    // The two shares have no divisor in common: each page has its turn within twenty days.
    share = shareOfDay(
      Object.keys(pages).map((page) => join(root, page)),
      4,
    ).chosen;
    [cache, temporary] = [tree({}), tree({})];
    Object.assign(process.env, { PLUMBLINE_CACHE: cache, TMPDIR: temporary });
    engine = await createEngine({ root, d2 });
    checked = await checkPages(engine);
  }, 240_000);
  afterAll(() => {
    restoreEnvironment(before);
    console.log(
      `secrets: ${chosen.length} of ${planted.length} ways to hold one; ${share.length} of their pages rendered and mended (${shareName})`,
    );
  });

  test('is missing in the files, and all of them are read', () => {
    expect(planted.length).toBeGreaterThanOrEqual(120);
    expect(chosen.length).toBeGreaterThanOrEqual(24);
    expect(new Set(chosen.map(({ family }) => family))).toEqual(new Set(planted.map(({ family }) => family)));
    const read = [...engine.platform.sources.files.keys()];
    for (const { way, files } of chosen) {
      expect(leaksIn(Object.values(files).join('\n')), way).toEqual([way]);
      expect(read, way).toEqual(expect.arrayContaining(Object.keys(files)));
    }
  });

  test('is in what was read, rendered and understood', () => {
    const { sources, rendered, model, diagnostics } = engine.platform;
    const seen = {
      files: [...sources.files],
      faults: [sources.faults, diagnostics],
      builds: [...rendered.builds],
      sources: [...rendered.sourceBuilds],
      model,
    };
    for (const [where, value] of Object.entries(seen))
      expect(leaksIn(JSON.stringify(value)), where).toEqual([]);
  });

  test.each(formats)('is in a report: %s', async (format) => {
    const text = textsOf(engine.platform, checked.pages);
    const io = {
      color: false,
      text,
      path: (file: string) => file,
      coverage: true,
      touched: new Set<string>(),
      link: () => null,
    };
    const written = (await reporters[format]())(checked.report, io);
    expect(written.length).toBeGreaterThan(10_000);
    expect(leaksIn(written)).toEqual([]);
    if (format === 'github') expect(leaksIn(githubSummary(checked.report, io, 1 << 20))).toEqual([]);
  });

  test('is in a comparison of both ways, or with other values', async () => {
    const configuration = {
      'plumbline.yaml': 'repository: {url: https://git.example.com/platform/idp.git}\n',
    };
    const sideOf = async (files: Record<string, string>): Promise<Side> => {
      const other = await createEngine({ root: tree({ ...configuration, ...files }), d2 });
      const report = { ...checked.report, diagnostics: [], unverified: [] };
      return { revision: { name: 'other', commit: null }, engine: other, pages: [], report };
    };
    const head: Side = { revision: { name: 'head', commit: null }, engine, ...checked };
    const others = [{ 'K8s/a.yaml': '' }];
    if (shareName === 'all') others.push(Object.assign({}, ...chosen.map(changed)));
    for (const files of others) {
      const side = await sideOf(files);
      for (const found of [compareSides(side, head), compareSides(head, side)]) {
        expect(found.changes.length + found.files.length).toBeGreaterThan(chosen.length);
        for (const write of Object.values(diffFormats))
          expect(leaksIn(write(found, { color: false }))).toEqual([]);
      }
      await side.engine.dispose();
    }
  });

  test('is in what init says and writes, or on a page of a whole repository', async () => {
    const { platform } = engine;
    const page = await writeFirstPage(engine, join(root, 'docs/first.md'));
    const guess = guessAddress(platform);
    const bootstrap = bootstrapFolder(platform);
    const charts = { deploy: [], open: rootCharts(platform), overlays: null };
    const given = { docs: null, remotes: [], baseline: null, guess, bootstrap, ...charts };
    const pictures = tree({});
    const { text: made } = await siteOf(engine, checked, pictures, shareName === 'all');
    const said = [
      survey(platform),
      page,
      writeConfiguration(given),
      writeBaseline(baselineOf(checked.report)),
    ];
    expect(made.length).toBeGreaterThan(100_000);
    expect(leaksIn(JSON.stringify(said) + made)).toEqual([]);
  });

  test('is in a table or a diagram', () => {
    const { platform, query } = engine;
    const said: string[] = [];
    const columns = ['data', 'stringData', 'string(stringData.x)', 'spec', 'metadata'].map(
      (cel, index) => `c${index} = ${cel}`,
    );
    for (const options of [
      ...Object.keys(tableViews).map((view) => ({ view })),
      ...columns.map((column) => ({ view: 'resources', columns: `name, ${column}` })),
      { view: 'resources', where: "int(resource('Secret/way-0').data.x) > 1" },
    ]) {
      const made = tableOf(platform, query, options);
      said.push(
        JSON.stringify(made),
        ...(made.ok ? [tableToMarkdown(made.table), tableToCsv(made.table)] : []),
      );
    }
    for (const view of Object.keys(diagramViews)) {
      const made = diagramOf(platform, query, { view });
      said.push(JSON.stringify(made), made.ok ? diagramToD2(made.diagram, { classes: null }) : '');
    }
    expect(leaksIn(said.join('\n'))).toEqual([]);
  });

  test('is in manifests', () => {
    const { platform } = engine;
    const ids = platform.model.resources.map(({ id }) => id);
    const all = application('all', { order: [ids], stages: [{ phase: 'Sync', wave: 0 }] });
    const { text } = manifestsOf(all, platform);
    expect(text.split('\n---\n').length).toBeGreaterThan(chosen.length / 2);
    expect(leaksIn(text)).toEqual([]);
  });

  test('is explained, printed as Markdown or mended', async () => {
    const ours = engine.platform.model.resources.filter(({ id }) => /way-\d+/.test(id));
    expect(ours.length).toBeGreaterThan(chosen.length / 2);
    const said: string[] = [];
    const { explain } = createExplainer(engine.platform);
    for (const one of ours) said.push(JSON.stringify(explain(one)));
    // With the pages that speak of it, all of which are read anew for each.
    for (const one of ours.slice(0, 1)) {
      const explanation = await explainResource(engine, one);
      said.push(JSON.stringify(explanation), describeResource(explanation));
    }
    for (const path of share) {
      const { markdown, diagnostics } = await renderPageAsMarkdown(engine, path);
      said.push(markdown, JSON.stringify(diagnostics));
    }
    const fixed = await fixPages(engine, share);
    for (const { before, after, applied, report } of fixed)
      said.push(before, after, JSON.stringify([applied, report.diagnostics]));
    expect(leaksIn(said.join('\n'))).toEqual([]);
  });

  test('is on a page of the site, written or generated', async () => {
    const html: string[] = [];
    for (const page of share) html.push((await htmlOf(engine, page)).html);
    const address = { base: '/', trailingSlash: 'ignore', format: 'directory' } as const;
    const slugs = resourceSlugs(engine.platform.model);
    const links = siteLinks(address, engine.platform.model, slugs, null);
    const generated = generatedPages(engine, {
      address,
      resources: true,
      rules: false,
      slugs,
      links,
      speech: english,
    });
    expect(generated.length).toBeGreaterThan(chosen.length / 2);
    expect(leaksIn([...html, JSON.stringify(generated)].join('\n'))).toEqual([]);
  });

  test('is in the cache, in temporary files or in what a command writes', async () => {
    const run = await plumbline(['model', '--root', root]);
    expect(leaksIn(run.stdout + run.stderr)).toEqual([]);
    await engine.dispose();
    const kept = everythingIn(cache);
    expect(kept.length).toBeGreaterThan(10_000);
    expect(leaksIn(kept)).toEqual([]);
    // V8 writes a text with other letters in two bytes each, from either. Node writes beyond its memory where
    // it reads an odd number of bytes that way.
    const bytes = Buffer.from(kept, 'latin1');
    for (const from of [0, 1]) {
      const pairs = Math.floor((bytes.length - from) / 2);
      expect(leaksIn(bytes.toString('utf16le', from, from + 2 * pairs))).toEqual([]);
    }
    const left = readdirSync(temporary, { recursive: true }).map(String);
    expect(left.filter((name) => !name.startsWith('plumbline-engine'))).toEqual([]);
    expect(readFileSync(join(root, 'plumbline.yaml'), 'utf8')).toContain('repository');
  });
});
